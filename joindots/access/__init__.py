"""Who may do what: roles, permissions, the one guarded door, and the list of parts. No tables."""
