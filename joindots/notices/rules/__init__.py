"""Rules of what leaves: its kinds and states, neutral words, calendars (pure)."""
