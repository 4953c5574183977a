"""The chronology: what happened when, from records of any source, and the pack made of it."""
