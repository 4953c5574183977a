"""Pure rules from records to numbered entries: nothing here guesses, reads a clock or knows the web."""
