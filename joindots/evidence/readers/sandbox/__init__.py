"""A reader run in a child process behind walls: limits, no network, no files, no other programs.

    from joindots.evidence.readers.sandbox.parent import read_in_child

    with read_in_child(opener, "chat.txt", sha256) as reading:
        for item in reading:
            ...

The same items as `readers.read`. `standing_walls()` says which walls this machine can raise.
Nothing is imported here, so that the child starts without the parent's modules (30 ms).
"""
