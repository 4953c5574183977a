"""The log: entries, what is linked with them, and what the person is shown."""
