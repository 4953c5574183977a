"""Pages of protective orders."""
