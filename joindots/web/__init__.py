"""Layout, desks and the pages that put the parts together."""
