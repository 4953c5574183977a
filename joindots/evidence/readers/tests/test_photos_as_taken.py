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


@pytest.mark.parametrize(
    "satellite", [(15.0, 37.0, 30.0), (15.0, 22.0, 10.0), (15.0, 7.0, 0.0)], ids=["a quarter", "half", "three quarters"]
)
def test_an_old_fix_of_the_satellites_is_no_zone_that_nobody_keeps(satellite):
    one = record(picture(gps={7: satellite, 29: "2025:08:09"}))
    assert "zone_from_gps" not in one.extra
    assert (f"{one.at_earliest:%H:%M:%S}", one.zone_basis) == ("15:52:10", "device_assumed")


@pytest.mark.parametrize(
    ("taken", "at", "basis"),
    [
        ("2025:08:09 16:52:10+03:00", "13:52:10", "exif_offset"),
        ("2025-08-09T16:52:10Z", "16:52:10", "exif_offset"),
        ("2025:08:09 16:52:10.123", "15:52:10", "device_assumed"),
    ],
)
def test_a_reading_with_its_offset_or_fraction_behind_it_is_read(taken, at, basis):
    one = record(picture(taken=taken))
    assert (f"{one.at_earliest:%H:%M:%S}", one.zone_basis, one.at_shown) == (at, basis, taken)
