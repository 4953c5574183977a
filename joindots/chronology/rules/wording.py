"""Words of the page: channels, kinds, limits of a source and places in a file."""

from __future__ import annotations

from joindots.evidence.readers.records import Channel, Communication, Place

CHANNELS: dict[Channel, str] = {
    "whatsapp": "WhatsApp", "sms": "Text message", "mms": "Picture message", "imessage": "iMessage", "call": "Call",
    "voicemail": "Voicemail", "email": "E-mail", "messenger": "Messenger", "instagram": "Instagram",
    "snapchat": "Snapchat", "telegram": "Telegram", "payment": "Payment", "photo": "Photograph", "file": "File",
    "log": "Log", "post": "Post", "letter": "Letter", "other": "Other",
}  # fmt: skip

LIMITS = {
    "whatsapp_cap": "WhatsApp exports hold at most 40,000 messages without media, or 10,000 with it: older ones "
    "may be missing.",
    "outgoing_only": "This source lists outgoing calls or messages only.",
    "incoming_only": "This source lists incoming calls or messages only.",
    "saved_only": "This source holds only what somebody chose to save.",
    "first_record_to_last": "The period is that from the first record to the last: the file does not say more.",
    "deleted_not_shown": "Messages deleted before the export are not in it.",
    "no_media": "The files sent are named but not held.",
    "damaged": "The file is damaged or cut off: what came after the damage is not in it.",
    "date_only": "Times of day are not given, only days.",
    "order_is_the_banks": "The order within a day is the bank's.",
    "other_payments_kept_back": "Other payments are kept back: only those picked are shown.",
    "balance_never_kept": "Balances are never kept.",
    "no_reactions": "Reactions to messages are not in it.",
    "no_edit_history": "What a message said before it was edited is not in it.",
    "no_reply_links": "Which message answers which is not in it.",
    "no_read_receipts": "Whether and when a message was read is not in it.",
    "mailbox_as_kept": "Mail deleted before the mailbox was saved is not in it.",
    "texts_and_imessages_together": "Texts and iMessages stand together in it and cannot be told apart.",
    "saved_chats_only": "Only messages that somebody chose to save are in it.",
    "snaps_without_content": "Snaps are listed without their pictures.",
    "calls_without_names": "Calls are listed without the names of those called.",
    "encrypted_chats_separate": "Encrypted chats come in a second download: they are not in this one.",
    "call_list_may_be_cut": "Phones keep only their latest calls: older ones may be missing.",
    "log_entries": "It holds what was told or seen and written down; what nobody wrote down is not in it.",
    "own_log": "It holds what the person wrote down, as they wrote it.",
    "not_read": "It is kept as an exhibit and was not read.",
    "one_photo": "It is one photograph.",
    "one_screenshot": "It is one picture of a screen, as a person read it: what came before or after is not on it.",
    "kept_senders": "Only records of chosen senders were taken in. What others wrote, and who answered, is not shown.",
    "kept_period": "Only a chosen period was taken in. Of what was before or after it nothing is shown.",
    "not_taken_in": "Acts of contact in the file that were not taken in, by choice: {value}. The file is kept whole.",
    "count_differs": "The file says that it holds another number of records than were found in it.",
    "count_declared": "Records the file says it holds: {value}.",
    "count_found": "Records found in it: {value}.",
}


def limit_says(code: str) -> str:
    """The sentence for a limit; one that has none yet is shown by its own name rather than left out."""
    name, _, value = code.partition("=")
    if name in LIMITS:
        return LIMITS[name].format(value=value)
    return f"Limit noted by the reader: {code.replace('_', ' ')}."


def place_says(place: Place) -> str:
    """`line 12`, `_chat.txt, line 12` or a pointer, as the format allows."""
    where = f"line {place.line:,}" if place.line is not None else place.pointer or ""
    if not where and place.byte is not None:
        where = f"byte {place.byte:,}"
    return ", ".join(part for part in (place.member, where) if part)


def money_says(c: Communication) -> str:
    """`£0.01`; other currencies by their code."""
    if c.amount_pence is None:
        return "an amount not shown"
    amount = f"{abs(c.amount_pence) / 100:,.2f}"
    return f"£{amount}" if c.currency in (None, "GBP") else f"{amount} {c.currency}"


def duration_says(seconds: int) -> str:
    """`2 min 5 s`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s" if rest else ""]
    return " ".join(part for part in parts if part) or "0 s"


def many(count: int, one: str, more: str = "") -> str:
    """`1 message`, `41 messages`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
