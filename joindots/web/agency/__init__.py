"""An agency's own pages: its staff, cases in from a sheet, and all that it owns out."""
