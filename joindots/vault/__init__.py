"""The sealed store: keys, sealed fields, blind indexes and sealed files. Mechanisms only."""
