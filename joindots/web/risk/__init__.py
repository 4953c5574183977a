"""Risk: a form asked beside the caller's words, judgements side by side, what asks for a new look, and the history."""
