"""Rules about people (pure)."""
