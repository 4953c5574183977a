"""Subject access, retention, complaints, and the breach drill."""
