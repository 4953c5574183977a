"""A person's own log, as CSV and as a workbook: one record a row, in her words, with nothing invented."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.records import Attachment
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.table_files import (
    assert_tiles,
    coverage,
    items,
    moment,
    not_understood,
    questions,
    records,
    saved,
    workbook,
)

LOG = (
    "Date,Time,What happened,Where,Who,Witnesses,Effect on me,Reported to,How many,Mood\n"
    "Sat 9 August 2025,about teatime,Unsigned flowers,the clinic,,Jo,frightened,NS/25/1,,low\n"
    "every Tuesday in July 2025 (all but one, I think),,Waits by the hall door,hall,Callum,,,,,\n"
    "23-25 Aug 2025,,silent calls,,,,,,about twelve,\n"
).replace("every Tuesday in July 2025 (all but one, I think)", '"every Tuesday in July 2025 (all but one, I think)"')


def one(*rows: str, answers: tuple[Answer, ...] = ()):
    (record,) = records(items("log.csv", "\n".join(rows) + "\n", *answers))
    return record


def test_each_row_is_one_record_in_her_words_with_what_she_said_of_it():
    found = items("log.csv", LOG)
    assert claim(Source.from_bytes("log.csv", LOG.encode())).name == "incidents"
    flowers, waits, silent = records(found)
    assert (flowers.kind, flowers.channel, flowers.text) == ("incident", "log", "Unsigned flowers")
    assert moment(flowers) == ("2025-08-09 14:00:00", "2025-08-09 17:59:59", "part_of_day")
    assert flowers.at_shown == "Sat 9 August 2025 about teatime"
    assert flowers.extra == {
        "Mood": "low", "where": "the clinic", "witnesses": "Jo", "effect": "frightened", "reported": "NS/25/1",
    }  # fmt: skip
    assert (flowers.sender.shown, flowers.certainty_of_sender) == (None, "unknown")
    assert (waits.sender.shown, waits.certainty_of_sender) == ("Callum", "told_by_victim")
    assert moment(waits) == ("2025-06-30 23:00:00", "2025-07-29 22:59:59", "range")
    assert "all but one, I think" in (waits.at_shown or "")
    assert (silent.count, silent.count_about, moment(silent)[2]) == (12, True, "range")
    assert coverage(found).limits == ("own_log",)
    assert_tiles(found, LOG.encode())


def test_a_row_of_several_acts_stays_one_record_with_its_count():
    row = one("Date,What happened", "9 Aug 2025,silent call \u00d712")
    assert (row.count, row.count_about, row.extra) == (12, False, {"count_from": "what"})


def test_a_count_that_is_no_number_is_kept_in_its_words():
    row = one("Date,What happened,How many times", "9 Aug 2025,calls,loads")
    assert (row.count, row.extra) == (1, {"count_in_words": "loads"})


def test_the_rows_own_numbers_are_no_counts():
    row = one("No,Date,What happened", "61,9 Aug 2025,came to the door")
    assert (row.count, row.extra) == (1, {"ref": "61"})


def test_words_that_cannot_be_told_give_no_time_and_are_kept():
    row = one("Date,What happened", "the week I was ill,followed me")
    assert (row.at_earliest, row.at_latest, row.precision, row.zone_basis) == (None, None, "none", "none")
    assert row.at_shown == "the week I was ill"


def test_a_time_that_cannot_be_read_leaves_the_day_unless_it_may_be_another_day():
    row = one("Date,Time,What happened", "9 Aug 2025,choir practice,x")
    assert moment(row) == ("2025-08-08 23:00:00", "2025-08-09 22:59:59", "day")
    row = one("Date,Time,What happened", "9 Aug 2025,night before,x")
    assert row.at_earliest is None and row.at_shown == "9 Aug 2025 night before"


def test_a_start_and_an_end_are_one_interval():
    row = one("Date,Time,End date,End time,What happened", "9 Aug 2025,22:00,10 Aug 2025,01:00,sat outside")
    assert moment(row) == ("2025-08-09 21:00:00", "2025-08-10 00:00:59", "range")


def test_an_hour_without_am_or_pm_is_both_unless_the_log_counts_to_24():
    head = "Date,Time,What happened"
    assert moment(one(head, "9 Jan 2025,4:30,x")) == ("2025-01-09 04:30:00", "2025-01-09 16:30:59", "range")
    first, _ = records(items("log.csv", f"{head}\n9 Jan 2025,4:30,x\n10 Jan 2025,18:20,y\n"))
    assert moment(first) == ("2025-01-09 04:30:00", "2025-01-09 04:30:59", "minute")


def test_day_and_month_are_asked_once_and_both_covered():
    data = "Date,What happened\n05/06/2025,x\n07/06/2025,y\n"
    found = items("log.csv", data)
    assert questions(found)["date_order"].example == "05/06/2025"
    assert [record.open for record in records(found)] == [("date_order",)] * 2
    first = records(found)[0]
    assert (str(first.at_earliest), str(first.at_latest)) == ("2025-05-05 23:00:00+00:00", "2025-06-05 22:59:59+00:00")
    answered = records(items("log.csv", data, Answer("date_order", "dmy")))[0]
    assert moment(answered) == ("2025-06-04 23:00:00", "2025-06-05 22:59:59", "day")


def test_text_dates_in_both_orders_prove_themselves_and_leave_the_rest_open():
    data = "Date,What happened\n13/08/2025,a\n08/14/2025,b\n05/06/2025,c\n"
    found = items("log.csv", data)
    first, second, third = records(found)
    assert moment(first)[0] == "2025-08-12 23:00:00" and moment(second)[0] == "2025-08-13 23:00:00"
    assert third.open == ("date_order",) and questions(found)["date_order"].example == "05/06/2025"


def test_the_columns_are_asked_where_the_headings_do_not_say():
    data = "Dyddiau,Nodyn\n9 Aug 2025,x\n"
    found = items("log.csv", data)
    assert questions(found)["columns"].candidates == ("Dyddiau", "Nodyn")
    (row,) = records(found)
    assert (row.kind, row.extra, row.open) == ("unknown", {"Dyddiau": "9 Aug 2025", "Nodyn": "x"}, ("columns",))
    answered = records(items("log.csv", data, Answer("columns", {"date": "Dyddiau", "what": "Nodyn"})))[0]
    assert (answered.kind, answered.text, moment(answered)[2]) == ("incident", "x", "day")


def test_headings_that_come_again_and_totals_are_no_incidents():
    data = "Date,What happened\n9 Aug 2025,x\nDate,What happened\n10 Aug 2025,y\nTotal,2 incidents\n"
    found = items("log.csv", data)
    assert [record.text for record in records(found)] == ["x", "y"]
    assert [item.why for item in not_understood(found)] == ["headings"] * 3
    book = workbook(["Date", "What happened"], ["9 Aug 2025", "x"], ["Date", "What happened"], ["Total", "1 incident"])
    assert [record.text for record in records(items("log.xlsx", book))] == ["x"]


def test_welsh_headings_are_known():
    row = one("Dyddiad,Amser,Beth,Ble", "9 Aug 2025,16:52,blodau,clinig")
    assert (row.text, row.extra["where"], moment(row)[0]) == ("blodau", "clinig", "2025-08-09 15:52:00")


@pytest.mark.parametrize("words", ["every Tuesday in July", "15 July", "early July"])
def test_a_date_without_a_year_takes_the_one_that_the_logs_order_leaves(words):
    head = "Date,What happened\n26 Jun 2025,a\n"
    found = records(items("log.csv", f"{head}{words},b\n9 Aug 2025,c\n10 Aug 2025,d\n"))
    assert found[1].at_earliest is not None and found[1].at_earliest.year == 2025
    assert found[1].time_flags == ("settled_by_order",)
    unordered = records(items("log.csv", f"{head}{words},b\n9 Aug 2025,c\n10 Jan 2025,d\n"))
    assert unordered[1].at_earliest is None
    at_the_end = records(items("log.csv", f"{head}9 Aug 2025,c\n10 Aug 2025,d\n{words},b\n"))
    assert at_the_end[3].at_earliest is None


def test_the_hour_that_comes_twice_is_asked_in_a_log_too():
    found = items("log.csv", "Date,Time,What happened\n26 Oct 2025,01:30,light\n27 Oct 2025,18:00,x\n")
    assert questions(found)["clock_hour"].about == "2025-10-26"
    assert records(found)[0].open == ("clock_hour",)


# -- workbooks


def test_real_dates_serials_and_text_dates_are_read_each_in_its_own_way():
    data = workbook(
        ["My log of what happened"], ["Date", "Time", "What happened"], [dt.date(2025, 8, 9), dt.time(16, 52), "a"],
        [dt.datetime.fromisoformat("2025-08-10T16:52:30"), None, "b"], [45363, None, "c"], ["13/08/2025", "evening", "d"],
        ["05/06/2025", None, "e"], [dt.date(2025, 4, 3), None, "f"],
    )  # fmt: skip
    found = items("log.xlsx", data)
    times = [moment(record) for record in records(found)]
    assert times[0] == ("2025-08-09 15:52:00", "2025-08-09 15:52:00", "second")
    assert times[1] == ("2025-08-10 15:52:30", "2025-08-10 15:52:30", "second")
    assert times[2] == ("2024-03-12 00:00:00", "2024-03-12 23:59:59", "day")
    assert times[3] == ("2025-08-13 16:00:00", "2025-08-13 22:59:59", "part_of_day")
    assert times[4] == ("2025-06-04 23:00:00", "2025-06-05 22:59:59", "day")
    assert times[5] == ("2025-04-02 23:00:00", "2025-04-03 22:59:59", "day")
    assert [item.place.pointer for item in not_understood(found)] == ["Sheet1!1", "Sheet1!2"]
    assert [record.place.pointer for record in records(found)] == [f"Sheet1!{row}" for row in range(3, 9)]


def test_text_dates_are_asked_apart_from_the_sheets_own():
    data = workbook(["Date", "What happened"], [dt.date(2025, 4, 3), "real"], ["05/06/2025", "text"])
    found = items("log.xlsx", data)
    real, text = records(found)
    assert (real.open, moment(real)[2]) == ((), "day")
    assert text.open == ("date_order",) and questions(found)["date_order"].example == "05/06/2025"


def test_the_calendar_of_1904_is_heeded():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["Date", "What happened"])
    sheet.append([43901, "a"])
    (row,) = records(items("log.xlsx", saved(book)))
    assert moment(row)[0] == "2024-03-12 00:00:00"


def test_dates_that_the_spreadsheet_may_have_swapped_are_asked():
    real = [[dt.date(2025, month, 3), "x"] for month in (1, 4, 5, 6, 9)]
    data = workbook(["Date", "What happened"], *real, ["13/08/2025", "y"], ["25/08/2025", "z"])
    found = items("log.xlsx", data)
    question = questions(found)["date_order"]
    assert (question.about, question.candidates) == ("real dates", ("as_shown", "swapped"))
    assert [record.open for record in records(found)] == [("date_order",)] * 5 + [()] * 2
    assert moment(records(found)[1])[:2] == ("2025-03-04 00:00:00", "2025-04-03 22:59:59")
    for answer, expected in (("as_shown", "2025-04-02 23:00:00"), ("swapped", "2025-03-04 00:00:00")):
        settled = records(items("log.xlsx", data, Answer("date_order", answer, about="real dates")))
        assert moment(settled[1])[0] == expected and settled[1].open == ()
    plenty = workbook(
        ["Date", "What happened"], *real, [dt.date(2025, 9, 20), "x"], ["13/08/2025", "y"], ["25/08/2025", "z"]
    )
    assert not questions(items("log.xlsx", plenty))


def test_a_merged_cell_belongs_to_every_row_it_covers():
    book = Workbook()
    sheet = book.active
    for row in (["Date", "What happened"], [dt.date(2025, 8, 9), "first"], [None, "second"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    first, second = records(items("log.xlsx", saved(book)))
    assert first.at_earliest is not None and second.at_earliest == first.at_earliest
    assert first.extra["merged_cells"] == second.extra["merged_cells"] == ["A2:A3"]


def test_every_cell_is_read_or_listed():
    book = Workbook()
    sheet = book.active
    sheet.append(["Date", "What happened", None])
    sheet.append(["9 Aug 2025", "x", "third", None, "far right"])
    sheet.append([None, None, None, None, "note alone"])
    sheet["B5"] = "=A1&A2"
    sheet["A5"], sheet["C5"] = "10 Aug 2025", "kept"
    sheet["A2"].comment = Comment("she was crying", "M")
    found = items("log.xlsx", saved(book))
    first, worked = records(found)
    assert first.extra == {"Column 3": "third", "Column 5": "far right"}
    assert worked.text is None
    listed = {item.place.pointer: item for item in not_understood(found)}
    assert listed["Sheet!3"].excerpt == "note alone"
    assert (listed["Sheet!B5"].excerpt, listed["Sheet!B5"].why) == ("=A1&A2", "unknown_leaf")
    assert any("she was crying" in item.excerpt for item in not_understood(found))


def test_a_formula_gives_the_value_the_file_holds():
    data = workbook(["Date", "What happened"], ["9 Aug 2025", "=1+1"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"</f><v[^>]*>(?:</v>)?", b"</f><v>2</v>", parts[sheet])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    (row,) = records(items("log.xlsx", out.getvalue()))
    assert row.text == "2"


def test_each_sheet_is_a_table_with_questions_of_its_own():
    data = workbook(
        ["Date", "What happened"], ["05/06/2025", "a"], title="Summer",
        Calls=[["Number", "Type", "Date"], ["07700900123", "Missed", "05/06/2025 10:00"]], Empty=[],
    )  # fmt: skip
    found = items("log.xlsx", data)
    assert {item.about for item in found if getattr(item, "question", "") == "date_order"} == {"Summer", "Calls"}
    incident, call = records(found)
    assert (incident.seq, call.seq, incident.kind, call.kind) == (0, 1, "incident", "call_missed")
    answered = items("log.xlsx", data, Answer("date_order", "dmy", about="Calls"))
    assert [record.open for record in records(answered)] == [("date_order",), ()]
    assert [item.channel for item in found[-2:]] == ["log", "call"]


def test_a_picture_in_a_workbook_is_an_attachment():
    data = workbook(["Date", "What happened"], ["9 Aug 2025", "x"])
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n")
    (picture,) = [item for item in items("log.xlsx", out.getvalue()) if isinstance(item, Attachment)]
    assert (picture.name, picture.size) == ("xl/media/image1.png", 6)


def test_entities_in_a_workbook_are_refused():
    data = workbook(["Date", "What happened"], ["9 Aug 2025", "x"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = bomb + sheet.replace(b"9 Aug 2025", b"&b;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    with pytest.raises(NotReadable):
        items("log.xlsx", out.getvalue())


def test_a_damaged_workbook_is_refused_in_a_sentence():
    data = bytearray(workbook(["Date", "What happened"], *[["9 Aug 2025", "x"]] * 50))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("xl/workbook.xml").header_offset
    data[at + 60 : at + 90] = b"\0" * 30
    with pytest.raises(NotReadable):
        items("log.xlsx", bytes(data))
