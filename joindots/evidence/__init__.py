"""Evidence: files kept as they came, what was read from them, and questions asked instead of guessed."""
