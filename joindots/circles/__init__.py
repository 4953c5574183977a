"""Who may know: circles, standings, exclusions, break-glass, and acts that take two people."""
