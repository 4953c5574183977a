"""The helpline: the live call, call-backs, the shift, and the supervisor's view."""
