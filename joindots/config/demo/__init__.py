"""The demo: everything and everyone here is invented (the story of Northshire)."""
