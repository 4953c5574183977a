"""Photographs: the time, place and camera that the file tells, every doubt kept, and no decoder run."""

import io
import struct
import subprocess
import sys
from datetime import UTC, datetime

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from joindots.evidence.readers.answers import NO_ANSWERS, Answer, Answers
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.photos import FORMAT
from joindots.evidence.readers.records import Attachment, Communication, Question
from joindots.evidence.readers.source import Source

pillow_heif.register_heif_opener()

SUMMER = "2025:08:09 16:52:10"
GPS = {1: "N", 2: (51.0, 30.0, 26.5), 3: "W", 4: (0.0, 7.0, 39.93)}
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")


def picture(kind="JPEG", taken=SUMMER, offset=None, gps=None, size=(64, 48), make="Acme"):
    exif = Image.Exif()
    exif[0x10F] = make
    exif[0x110] = "Example 1"
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if offset:
        exif.get_ifd(0x8769)[0x9011] = offset
    if gps:
        exif.get_ifd(0x8825).update(gps)
    if kind == "TIFF":  # an EXIF block is itself laid out as a TIFF file
        exif[0x100], exif[0x101] = size
        return exif.tobytes().removeprefix(b"Exif\x00\x00")
    stream = io.BytesIO()
    Image.new("RGB", size, "grey").save(stream, kind, exif=exif)
    return stream.getvalue()


def items(data, answers=NO_ANSWERS, name="flowers.jpg"):
    source = Source.from_bytes(name, data)
    assert FORMAT.claims(source)
    return list(FORMAT.read(source, answers, HashOnly()))


def record(data, answers=NO_ANSWERS):
    (one,) = (item for item in items(data, answers) if isinstance(item, Communication))
    return one


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_tells_its_time_camera_place_and_size(kind):
    one = record(picture(kind, offset="+01:00", gps=GPS))
    assert one.at_shown == SUMMER
    assert one.at_earliest == one.at_latest == datetime(2025, 8, 9, 15, 52, 10, tzinfo=UTC)
    assert (one.precision, one.zone_basis, one.open) == ("second", "exif_offset", ())
    assert (one.extra["make"], one.extra["model"]) == ("Acme", "Example 1")
    assert one.extra["place"] == {"lat": "51.507361", "lon": "-0.127758"}
    assert (one.extra["width"], one.extra["height"]) == (64, 48)
    assert (one.channel, one.kind, one.direction, one.certainty_of_sender) == ("photo", "media", "unknown", "unknown")


def test_the_picture_itself_is_the_attachment():
    data = picture()
    source = Source.from_bytes("a.jpg", data)
    (kept,) = (item for item in FORMAT.read(source, NO_ANSWERS, HashOnly()) if isinstance(item, Attachment))
    assert (kept.sha256, kept.size, kept.type) == (source.sha256, len(data), "image/jpeg")


def test_satellite_time_settles_the_zone_when_a_whole_offset_lies_between():
    one = record(picture(gps=GPS | {7: (15.0, 52.0, 9.0), 29: "2025:08:09"}))
    assert one.at_earliest == one.at_latest == datetime(2025, 8, 9, 15, 52, 10, tzinfo=UTC)
    assert one.zone_basis == "utc_in_file"
    assert one.extra["zone_from_gps"] == "+01:00"


def test_satellite_time_can_name_a_zone_far_from_london():
    one = record(picture(gps=GPS | {7: (11.0, 7.0, 10.0), 29: "2025:08:09"}))
    assert one.extra["zone_from_gps"] == "+05:45"
    assert one.at_earliest == datetime(2025, 8, 9, 11, 7, 10, tzinfo=UTC)


def test_satellite_time_that_fits_no_offset_settles_nothing_and_casts_doubt():
    one = record(picture(gps=GPS | {7: (15.0, 45.0, 0.0), 29: "2025:08:09"}))
    assert one.zone_basis == "device_assumed"
    assert "clock_suspect" in one.time_flags
    assert "zone_from_gps" not in one.extra


def test_without_a_zone_the_device_is_taken_to_be_in_london():
    one = record(picture())
    assert one.at_earliest == one.at_latest == datetime(2025, 8, 9, 15, 52, 10, tzinfo=UTC)
    assert (one.zone_basis, one.open) == ("device_assumed", ())


def test_an_answered_zone_is_used():
    one = record(picture(), Answers([Answer("zone", "Europe/Madrid")]))
    assert one.at_earliest == datetime(2025, 8, 9, 14, 52, 10, tzinfo=UTC)
    assert one.zone_basis == "asked"


def test_the_hour_that_comes_twice_is_asked_about_and_kept_open():
    found = items(picture(taken="2025:10:26 01:30:00"))
    one, question = found[0], next(item for item in found if isinstance(item, Question))
    assert one.at_earliest == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert one.at_latest == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert (one.time_flags, one.open) == (("dst_ambiguous",), ("clock_hour",))
    assert (question.question, question.about, question.example) == ("clock_hour", "2025-10-26", "2025:10:26 01:30:00")


@pytest.mark.parametrize(("answer", "hour"), [("first", 0), ("second", 1)])
def test_the_hour_that_comes_twice_is_settled_by_the_answer(answer, hour):
    one = record(picture(taken="2025:10:26 01:30:00"), Answers([Answer("clock_hour", answer, about="2025-10-26")]))
    assert one.at_earliest == one.at_latest == datetime(2025, 10, 26, hour, 30, tzinfo=UTC)
    assert one.open == ()


def test_an_hour_that_never_was_asks_for_the_zone():
    found = items(picture(taken="2025:03:30 01:30:00"))
    assert (found[0].time_flags, found[0].open) == (("dst_gap",), ("zone",))
    assert [item.question for item in found if isinstance(item, Question)] == ["zone"]


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "2025:02:30 10:00:00", "yesterday"])
def test_a_time_that_is_none_stays_empty_and_is_shown_as_it_stands(taken):
    one = record(picture(taken=taken))
    assert (one.at_earliest, one.at_latest, one.precision) == (None, None, "none")
    assert (one.at_shown, one.time_flags) == (taken, ("clock_suspect",))


def test_a_picture_without_exif_is_a_record_without_time():
    stream = io.BytesIO()
    Image.new("RGB", (3, 2)).save(stream, "PNG")
    one = record(stream.getvalue())
    assert (one.at_earliest, one.at_shown, one.extra) == (None, None, {"width": 3, "height": 2, "no_exif": "no_exif"})


def test_degrees_that_are_no_place_give_none():
    for bad in ({2: (91.0, 0.0, 0.0)}, {1: "X"}, {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}):
        assert "place" not in record(picture(gps=GPS | bad)).extra


def test_a_picture_that_claims_to_be_vast_is_never_unpacked():
    data = bytearray(picture("PNG", taken=None))
    data[16:24] = struct.pack(">II", 2_000_000_000, 2_000_000_000)
    assert record(bytes(data)).extra["width"] == 2_000_000_000


def test_the_picture_library_is_never_loaded():
    code = (
        "import sys\nfrom joindots.evidence.readers.photos import FORMAT\n"
        "from joindots.evidence.readers.source import Source\n"
        "from joindots.evidence.readers.media import HashOnly\nfrom joindots.evidence.readers.answers import NO_ANSWERS\n"
        "s = Source.from_bytes('a', bytes.fromhex(sys.argv[1]))\nlist(FORMAT.read(s, NO_ANSWERS, HashOnly()))\n"
        "assert not {'PIL', 'pillow_heif'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", code, picture("HEIF").hex()], check=True)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_never_costs_more_than_what_it_touches(kind, data):
    whole = bytearray(PICTURES[kind])
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(16, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(16, len(whole)))])
    source = Source.from_bytes("a", cut)
    if FORMAT.claims(source):
        found = list(FORMAT.read(source, NO_ANSWERS, HashOnly()))
        assert [type(item) for item in found[:2]] == [Communication, Attachment]
        assert found[1].size == len(cut)


PICTURES = {kind: picture(kind, gps=GPS | {7: (15.0, 52.0, 9.0), 29: "2025:08:09"}) for kind in KINDS}
