"""Risk: an instrument asked beside the caller's words, judgements, and their history."""
