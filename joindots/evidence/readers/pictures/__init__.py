"""Pictures opened by decoders outside Python: made small for a page, and read for the words in them.

`opening`, `small` and `written` run in a child behind walls and nowhere else; `looking` is how the service asks them.
"""
