"""True redaction: a new file without the words, made from the original, which is never touched.

    from joindots.documents.redaction.texts import text
    from joindots.documents.redaction.pictures import picture
    from joindots.documents.redaction.pages import pdf
    from joindots.documents.redaction.stripping import strip

Every function takes bytes or words and gives new ones; none opens a file, so each may run behind the walls in
which a stranger's files are read.
"""
