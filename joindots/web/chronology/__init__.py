"""The chronology: list, timeline, patterns, grouping, and who is who."""
