"""Photographs whose own marks contradict each other."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.tests.test_photos import SUMMER, picture, record


@pytest.mark.parametrize(
    ("satellite", "doubted"),
    [((15.0, 52.0, 8.0), False), ((15.0, 40.0, 0.0), False), ((16.0, 52.0, 8.0), True), ((14.0, 52.0, 8.0), True)],
    ids=["agrees", "an old fix", "an hour later", "an hour earlier"],
)
def test_an_offset_that_the_satellites_contradict_by_a_whole_hour_is_in_doubt(satellite, doubted):
    one = record(picture(taken=SUMMER, offset="+01:00", gps={7: satellite, 29: "2025:08:09"}))
    assert f"{one.at_earliest:%H:%M:%S}" == "15:52:10" and one.zone_basis == "exif_offset"
    assert ("clock_suspect" in one.time_flags) is doubted
