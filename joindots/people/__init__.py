"""People: victims, suspects, witnesses, children; their identities and safe contact."""
