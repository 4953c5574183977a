"""What a pack for disclosure shows of a case's files, and what it keeps back (pure)."""
