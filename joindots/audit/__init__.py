"""The trail: what was done and opened, by whom, in books that cannot be changed unseen."""
