"""The cases: the list, one case, who may know of it, and its custody."""
