"""The short way through a multipart that holds no other gives just what the long way gives."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.mail.mime import Scan, Window, flat_leaves

HEAD = b'Content-Type: multipart/alternative; boundary="b"\n\n'
SOUND = b"--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: text/html\n\n<p>hello\n--b--\n"
PIECES = (b"--b\n", b"--b\r\n", b"--b--\n", b"--b--", b"--b \n", b"--bc\n", b"\n", b"\r\n", b"words\n", b"a: b\n", b"--", b" ",
          b"Content-Type: text/html; charset=utf-8\n", b"Content-Type: multipart/mixed; boundary=c\n", b"--c\n", b"\x0b")  # fmt: skip


def short(data):
    window = Window(data)
    found = flat_leaves(window, window.header())
    return None if found is None else [(one.fields, one.kind, one.at, b"".join(one.chunks), one.group) for one in found]


def long(data):
    window = Window(data)
    scan = Scan(window, window.header())
    found = [(one.fields, one.kind, one.at, b"".join(one.chunks), one.group, one.outside) for one in scan.leaves()]
    return [one[:5] for one in found if not one[5] or one[3].strip()], scan.unclosed


def test_a_sound_mail_takes_the_short_way_whatever_its_line_ends():
    for data in (HEAD + SOUND, (HEAD + SOUND).replace(b"\n", b"\r\n"), HEAD + SOUND.rstrip()):
        assert (short(data), False) == long(data)
        assert len(short(data)) == 2


@settings(max_examples=1_000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16))
@example([b"--b\n", b"\n", b"\n", b"--b--"])
@example([b"--b\n", b"a: b\n", b"\n", b"--b--\n"])
def test_the_short_way_is_not_taken_or_ends_where_the_long_way_ends(pieces):
    data = HEAD + b"".join(pieces)
    if (found := short(data)) is not None:
        assert (found, False) == long(data)
