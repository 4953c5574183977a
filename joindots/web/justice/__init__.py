"""Pages of the way from report to conviction."""
