"""PostgreSQL as we talk to it: `base` is the engine that Django's settings name."""
