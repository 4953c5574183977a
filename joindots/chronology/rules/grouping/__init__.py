"""How people group records: decisions about runs of messages, and stretches named as episodes (pure)."""
