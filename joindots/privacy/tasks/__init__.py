"""What privacy looks up beneath its actions and queries."""
