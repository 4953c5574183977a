"""Long work in words: its steps, and why it ended without a result."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.jobs.queries import JobView

READ, PACK, REMOVE = "evidence.read", "chronology.pack", "evidence.remove"
DISCLOSE = "chronology.disclosure"
CASES, OUT = "transfer.cases", "transfer.out"
PAPERS, ENCLOSE = "orders.papers", "orders.enclose"
PAGES = {
    CASES: "web:case_sheet", OUT: "web:taking", DISCLOSE: "web:disclosure", PAPERS: "web:order_papers",
    ENCLOSE: "web:order_papers",
}  # fmt: skip
"""Work that belongs to no case has its place on another page than a case's work."""
STEPS = {
    READ: (
        ("received", "Kept byte for byte and sealed"), ("read", "Read"), ("sorted", "Sorted by day"),
        ("held", "Repeats grouped"), ("ready", "Ready"),
    ),
    PACK: (
        ("received", "Asked for"), ("read", "Records gathered"), ("sorted", "Entries numbered"),
        ("set", "Pages set"), ("sealed", "Sealed"), ("ready", "Ready"),
    ),
    DISCLOSE: (
        ("received", "Asked for"), ("read", "Records gathered"), ("sifted", "What must not leave kept back"),
        ("copied", "Exhibits copied without it"), ("set", "Pages set"), ("checked", "Every byte searched"),
        ("ready", "Ready"),
    ),
    REMOVE: (
        ("received", "Asked for"), ("clear", "What it stood for shown by itself"), ("drop", "Records deleted"),
        ("gone", "File deleted"), ("ready", "Ready"),
    ),
    PAPERS: (
        ("received", "Asked for"), ("read", "Draft read"), ("set", "Pages set"), ("checked", "Every byte searched"),
        ("ready", "Ready"),
    ),
    ENCLOSE: (
        ("received", "Asked for"), ("read", "Draft read"), ("copied", "Exhibits copied without what must not leave"),
        ("set", "Bundles laid"), ("checked", "Every byte searched"), ("ready", "Ready"),
    ),
    CASES: (("received", "Asked for"), ("read", "Rows read"), ("bring", "Cases opened"), ("ready", "Ready")),
    OUT: (
        ("received", "Asked for and agreed"), ("stand", "Cases opened for it"), ("tables", "Tables written"),
        ("files", "Files and records written"), ("trail", "Trail written"), ("ready", "Ready"),
    ),
}  # fmt: skip
OTHER_STEPS = (("received", "Asked for"), ("ready", "Ready"))
NAMES = {
    READ: "reading a file", PACK: "making a pack", DISCLOSE: "making a pack for disclosure", REMOVE: "removing a file",
    PAPERS: "making the papers of an order", ENCLOSE: "copying the exhibits of an order",
}  # fmt: skip

_AGAIN = "It is kept as it is, and nothing was guessed."
_ANSWER = f"An answer does not fit this file, so what was shown before still stands. {_AGAIN}"
_CUT = "It is damaged or cut off before its first message."
WHY = {
    # the work itself
    "stopped": (
        "You asked for a stop. What this work had begun is not kept; what was there before is unchanged. Try "
        "again starts it from the beginning."
    ),
    "too_many_attempts": (
        "It was begun five times and never came to its end. The file is kept as it is. Try again once the "
        "machine has rest, or tell whoever looks after this system."
    ),
    "membership_over": "The person in whose name it ran is no longer a member. Somebody who is can start it again.",
    "not_found": "What it was to work on is no longer there.",
    "case_closed": "The case was closed meanwhile. Open the case again first.",
    "protected_words": (
        "A record holds words that must not leave, so no pack was made. Take that file out, and make the pack again."
    ),
    "mark_lost": (
        "A record that is kept out of disclosure stands in its file no more, since the file was read anew or removed. "
        "Another file may tell the same. Look at “What must never leave”: mark the record again wherever it stands, "
        "then lift this mark. Then make the pack again."
    ),
    "files_changed": "A file came, went or was read anew while the pack was made. Try again starts it anew.",
    "list_grew": "Something was added to what must never leave while the pack was made. Try again starts it anew.",
    "exhibit_changed": (
        "A kept file is no longer what was read. Tell whoever looks after this system before you do anything else."
    ),
    # any file
    "format_unknown": f"Its form is not one that can be read here. {_AGAIN} It stands among the exhibits.",
    "reader_not_ready": (
        f"The reader for this kind of file is not ready. {_AGAIN} Ask whoever looks after this system to "
        "install it again."
    ),
    "reader_failed": (
        f"Its reader met something that it does not know. {_AGAIN} Export it again; if that does not help, "
        "tell whoever looks after this system."
    ),
    "reader_ended": (
        f"Its reader was ended, because it took too much memory or broke off. {_AGAIN} Bring in a shorter period."
    ),
    "too_slow": f"Reading took longer than a file of its size should. {_AGAIN} Bring in a shorter period.",
    "file_too_large": f"It is larger than can be read at one time. {_AGAIN} Export a shorter period.",
    "too_large_inside": (
        f"Something in it is larger or more deeply nested than can be held safely. {_AGAIN} Export a shorter period."
    ),
    "cannot_open": "It could not be opened. Bring it in again.",
    "damaged": f"It is damaged or cut off. {_AGAIN} Copy it from the device again.",
    "media_too_much": (
        "The files inside are more than can be kept at one time. Bring in a shorter period, or unpack it on "
        "the device it came from and bring in its parts."
    ),
    "media_folder": "There is no room for the files inside it. Tell whoever looks after this system.",
    # archives
    "archive_unsafe": (
        "The zip file was not opened, because something in it is not safe. It is kept as it is. If it came "
        "from an app’s own export, make the export again."
    ),
    "archive_locked": (
        "The zip file is locked with a password. Unlock it on the device it came from, or export it again without one."
    ),
    "archive_packing": "It is packed in a way that is not known here. Unpack it, and pack it again as an ordinary zip "
    "file, or bring in its files.",
    "archive_broken": "It looks like a zip file but is damaged or cut off. Copy it from the device again.",
    "archive_inside": (
        "It holds another archive that is too large to be opened inside it. Unpack it on the device it came "
        "from and bring in its parts."
    ),
    "archive_entries": (
        "It holds more files than can be opened safely. Unpack it on the device it came from and bring in its parts."
    ),
    # one kind of file
    "whatsapp_no_header": (
        "No WhatsApp message was found in it: no line opens with a date, a time and a name. In WhatsApp, open"
        " the chat, choose “Export chat” and bring in that file unchanged."
    ),
    "whatsapp_times": (
        "Most of its lines open with a date or time that does not exist. Export the chat again and bring it "
        "in unchanged."
    ),
    "whatsapp_calendar": (
        "Its dates are not dates of the ordinary calendar. Set the phone to the ordinary (Gregorian) calendar"
        " and export the chat again."
    ),
    "whatsapp_owner": f"The name given as whose phone this is does not write in this chat. {_ANSWER}",
    "whatsapp_date_order": f"The dates of this chat cannot be read in the order chosen. {_ANSWER}",
    "imessage_empty": (
        f"It looks like an export of iPhone messages, but no message in it could be read. {_AGAIN} Export it "
        "again as text."
    ),
    "outlook_damaged": "It looks like a mail saved by Outlook but is damaged or cut off. Save the mail again.",
    "meta_broken": f"{_CUT} Unpack the download again and bring in its message files.",
    "telegram_broken": f"{_CUT} Export the chat again as JSON.",
    "snapchat_broken": f"{_CUT} Unpack the download again and bring in its chat history.",
    "workbook_damaged": (
        "It looks like an Excel workbook but is damaged, or was not made by a spreadsheet program. Open it "
        "there and save it again, or save it as CSV."
    ),
    "workbook_large": "It holds more text than can be opened safely. Save it as CSV, or split it by year.",
    "workbook_guard": (
        "It was not opened, because the guard against harmful spreadsheets is missing. Tell whoever looks "
        "after this system."
    ),
    "sheet_long": "It has more rows than are taken at one time. Split it into several files and bring in each.",
    "backup_broken": f"It is damaged or cut off before its first record. {_AGAIN} Copy it from the device again.",
    "backup_encoding": (
        "It is written in a way that the backup app does not use; another program probably saved it again. Copy the "
        "original backup from the device and bring that in."
    ),
    "xml_instructions": (
        f"It holds instructions that could be harmful. {_AGAIN} The backup app never writes any: make the backup again "
        "on the device."
    ),
    "no_picture": "It is not a picture that can be shown here. It is kept as it is; download it to see it.",
    "picture_large": "The picture is too large to be shown here. It is kept as it is; download it to see it.",
    "walls_missing": (
        "It is kept but was not opened: this machine cannot keep a decoder of pictures apart from the network. Whoever "
        "looks after this system finds on its health page what is missing."
    ),
    # answers
    "columns_answer": _ANSWER,
    "columns_meaning": _ANSWER,
    "columns_heading": _ANSWER,
    "columns_missing": f"A column that is needed was left out. {_ANSWER}",
    "date_order_answer": _ANSWER,
    "answer_form": _ANSWER,
    "answers_form": _ANSWER,
    "unknown_zone": f"The time zone given is not known here. Use a name such as Europe/Madrid. {_ANSWER}",
}
OTHERWISE = {
    REMOVE: "The file could not be removed whole. Try again; if it fails again, tell whoever looks after this system.",
    READ: f"The file could not be read. {_AGAIN} Export it again and bring it in.",
    PACK: "The pack could not be made. The files are unchanged. Try again; if it fails again, tell whoever looks after "
    "this system.",
}
OURS = (
    "Something of ours broke, and nothing of yours is lost. Try again; if it happens again, give whoever looks "
    "after this system the word {code}."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, now or not begun."""

    name: str
    state: str
    says: str


def steps_of(job: JobView) -> tuple[Step, ...]:
    """The steps of this kind of work, and where it stands."""
    steps = STEPS.get(job.kind, OTHER_STEPS)
    codes = [code for code, _ in steps]
    at = codes.index(job.step) if job.step in codes else 0
    if job.state == "done":
        at = len(codes)
    broken = job.state in ("stopped", "refused")
    told = []
    for place, (_, name) in enumerate(steps):
        now = place == max(at, 1)
        state = "done" if place < max(at, 1) else "" if not now else "stopped" if broken else "now"
        says = {"done": "done", "now": job.state_words, "stopped": job.state_words}.get(state, "not begun")
        told.append(Step(name, state, says))
    return tuple(told)


def why_ended(job: JobView) -> str:
    """Why the work ended without a result, with the cure."""
    return why("stopped" if job.state == "stopped" else job.code, job.kind)


def why(code: str, kind: str = READ) -> str:
    """The sentence for a code; the readers' own values are not kept, so it names no one and nothing."""
    if code.startswith("fault:"):
        return OURS.format(code=code.partition(":")[2])
    return WHY.get(code) or OTHERWISE.get(kind, OTHERWISE[PACK])


def name_of(job: JobView, files: dict[int, str]) -> str:
    """What the work is, with the file it is about: `reading chat.txt`."""
    if job.kind == READ and job.subject.isdecimal() and int(job.subject) in files:
        return f"reading {files[int(job.subject)]}"
    return NAMES.get(job.kind, "work")
