"""The commands that need no server and no account. None of them imports Django."""
