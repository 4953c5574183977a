"""Contacts, the live call, call-backs, and the shift."""
