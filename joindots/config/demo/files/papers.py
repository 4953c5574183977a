"""Screenshots and papers of the story: a captured page, Dev's screenshot, his screenshot, a letter, a note."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Sequence

from joindots.config.demo.files import words

WIDTH, LINE = 720, 34
_PLAIN, _BUBBLE, _INK = (250, 250, 248), (214, 236, 214), (24, 24, 24)


def page_capture() -> bytes:
    """The account that followed her, as captured on 1 September 2025: address, time and hash stand below."""
    shown = ("northshire_tenor_91", "0 posts   1 follower   1 following", "follows: maya.sings", "no name, no picture")
    digest = hashlib.sha256("\n".join(shown).encode()).hexdigest()
    foot = (
        "https://social.example.org/northshire_tenor_91",
        "Mon 1 Sep 2025, 21:14 (London)",
        f"SHA-256 {digest[:32]}",
        f"        {digest[32:]}",
    )
    return _card([*shown, "", *foot])


def dev_screenshot() -> bytes:
    """What Dev was sent on the evening of Sunday 28 September 2025."""
    return _card(["Messages, Sun 28 Sep, evening", "07700 900114", "", "Tell her I only want to talk."], bubbles={3})


def counter() -> bytes:
    """His screenshot of 14 November: five of her messages and none of his."""
    hers = [words.REFUSAL, *words.LATER_REFUSALS]
    return _card(["Maya", "", *hers], bubbles=set(range(2, 7)))


def employer_letter() -> bytes:
    """Her copy of his complaint to her employer, 17 November 2025."""
    return _card(
        [
            "17 November 2025",
            "To the manager, the clinic, Clinic Street",
            "",
            "I complain about Maya Ellwood. She has sent me message",
            "after message and will not leave me in peace. A person like",
            "this should not work with patients. I have told her",
            "professional regulator the same.",
            "",
            "C. R. Pryce",
        ]
    )


def witness_note() -> bytes:
    """What the choir's leader wrote down in August 2025."""
    return (
        b"Note by Jean Okell, who leads the choir\n\n"
        b"On Tuesday 19 August 2025, before the rehearsal, I asked Callum Pryce to leave the choir and not to come to "
        b"the hall again. He had waited at the door for one of our altos week after week, although she had asked him "
        b"to stop writing to her. He said that she had noticed him first. He left.\n\nJ. Okell\n"
    )


def _card(lines: Sequence[str], bubbles: Collection[int] = ()) -> bytes:
    """A plain picture of some lines of text, those of `bubbles` on a coloured ground."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (WIDTH, LINE * (len(lines) + 2)), _PLAIN)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(20)
    for number, line in enumerate(lines):
        top = LINE * (number + 1)
        if number in bubbles:
            pen.rounded_rectangle((16, top - 3, WIDTH - 16, top + LINE - 7), 10, fill=_BUBBLE)
        pen.text((28, top), line, fill=_INK, font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
