"""Mails as real programs save them: found wrong once, held right since."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from joindots.evidence.readers.mail import FORMATS
from joindots.evidence.readers.tests.mails import communications, read
from joindots.evidence.readers.tests.msgs import msg

SAM = {
    0x0042: "Sam Example",
    0x0065: "sam@example.org",
    0x0064: "SMTP",
    0x0037: "your house \u2014 \u00fc",
    0x1000: "x",
}
NO_DATE = datetime(4501, 1, 1, tzinfo=UTC)
"""What Outlook writes where there is no date."""


def one(data):
    (found,) = communications(read(data, FORMATS, name="mail.msg"))
    return found


@pytest.mark.parametrize("times", [{0x0039: NO_DATE}, {0x0E06: NO_DATE}, {0x0039: NO_DATE, 0x0E06: NO_DATE}])
def test_outlooks_sign_for_no_date_is_no_date(times):
    found = one(msg({**SAM, **times}))
    assert (found.at_earliest, found.at_latest, found.precision) == (None, None, "none")


def test_the_other_date_stands_where_one_is_outlooks_sign_for_none():
    at = datetime(2025, 6, 14, 8, tzinfo=UTC)
    assert one(msg({**SAM, 0x0039: at, 0x0E06: NO_DATE})).at_earliest == at
    assert one(msg({**SAM, 0x0039: NO_DATE, 0x0E06: at})).at_earliest == at


def test_words_that_outlook_holds_as_unicode_are_not_said_to_be_mended():
    found = one(msg(SAM))
    assert found.extra["subject"] == "your house \u2014 \u00fc" and "header_mended" not in found.extra
