"""The leak check: what must not leave is looked for in every byte of what would.

    from joindots.documents.leaks.protected import Protected, Word
    from joindots.documents.leaks.finding import find

    protected = Protected((Word("14 Rose Lane, Leeds, LS1 4AP", "address"), Word("07700 900123", "number")))
    leaks = find([("chronology.pdf", data), ("exhibits/001.png", picture)], protected)
    for leak in leaks:
        print(leak.says)  # names the place and the kind, never the word

Nothing found means an empty list; anything in it blocks. `Gate` stops the making of a pack at the first text.
"""
