"""The way from report to conviction, as its reader may see it."""
