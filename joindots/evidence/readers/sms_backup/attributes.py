"""Which attributes of a record are known, and what becomes of each: a field, a technical note, or not understood.

The technical ones are columns of the phone's own message and call stores, which the app copies as they
are; makers of phones add theirs. They are kept with the record under the file's own names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from joindots.evidence.readers.sms_backup.elements import Element
from joindots.evidence.readers.sms_backup.pictures import NONE

FIELDS = {
    "sms": frozenset(("address", "body", "contact_name", "readable_date", "type")),
    "mms": frozenset(("address", "contact_name", "msg_box", "readable_date")),
    "call": frozenset(("contact_name", "duration", "number", "readable_date", "type")),
    "part": frozenset(("ct", "data", "text")),
    "addr": frozenset(("address", "type")),
    "parts": frozenset[str](),
    "addrs": frozenset[str](),
}
"""Attributes read into fields of the normal form. The others that are known go to `extra`."""

_STORE = (
    "_id thread_id person date date_sent protocol read status subject sub sub_cs toa sc_toa service_center locked "
    "error_code err_type error_type seen sub_id sim_id sim_slot sim_imsi sim_name phone_id subscription_id creator "
    "type deletable hidden favorite pri priority reply_path_present callback_number "
)
_MMS = (
    "m_id m_type m_size m_cls ct_t ct_cls ct_l v tr_id exp rr d_tm d_rpt d_rpt_st rr_st retr_st retr_txt retr_txt_cs "
    "resp_st resp_txt st rpt_a read_status text_only date_full sequence_time insert_time delivery_date "
)
_MAKERS = (
    "app_id msg_id group_id group_type reserved reserved1 reserved2 spam_report secret_mode safe_message roam_pending "
    "teleservice_id link_url svc_cmd svc_cmd_content using_mode bin_info object_id correlation_tag cmc_prop "
    "announcements_subtype announcements_scenario_id d_rpt_cnt re_type re_original_body re_original_key re_body "
    "re_content_type re_content_uri re_file_name re_recipient_address re_count_info from_address device_name "
    "textlink network_type ipmsg_id ref_id total_len rec_len c0_iei sync_state marker source mtype mx_status mx_id "
    "mx_type bind_id account out_time advanced_seen b2c_numbers b2c_ttl fake_cell_type url_risky_type favorite_date "
    "block_type snippet_cs tag bubble_type services_id is_secret number_type dirty is_encrypted message_mode "
    "sms_extra_type need_download need_notify net_type rcs_message_type rcs_msg_id"
)
_CALL = (
    "date presentation post_dial_digits via_number subscription_id subscription_component_name phone_account_address "
    "phone_account_hidden sim_id sim_slot sub_id countryiso geocoded_location name numberlabel numbertype "
    "matched_number normalized_number formatted_number lookup_uri photo_id photo_uri is_read new features data_usage "
    "transcription transcription_state voicemail_uri call_screening_app_name call_screening_component_name "
    "block_reason missed_reason add_for_all_users priority subject location composer_photo_uri last_modified "
    "is_call_log_phone_account_migration_pending is_business_call asserted_display_name call_id _id"
)
_KNOWN = {
    "sms": frozenset((_STORE + _MMS + _MAKERS).split()),
    "mms": frozenset((_STORE + _MMS + _MAKERS).split()),
    "call": frozenset((_CALL + " " + _MAKERS).split()),
    "part": frozenset(("_id", "mid", "seq", "name", "chset", "cd", "fn", "cid", "cl", "ctt_s", "ctt_t", "sef_type")),
    "addr": frozenset(("_id", "charset", "contact_id", "msg_id")),
    "parts": frozenset[str](),
    "addrs": frozenset[str](),
}
ROLES = (FROM := "137", TO := "151", CC := "130", BCC := "129")
_KNOWN_OF_ROOT = frozenset(("count", "backup_set", "backup_date", "type"))
_CHILDREN = {"mms": ("parts", "addrs"), "parts": ("part",), "addrs": ("addr",)}


@lru_cache(maxsize=4096)
def _sorted_out(tag: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = _KNOWN[tag]
    rest = [name for name in names if name not in FIELDS[tag]]
    return tuple(n for n in rest if n in known), tuple(n for n in rest if n not in known)


def technical(element: Element) -> dict[str, str]:
    """The known attributes that have no field of their own and hold something."""
    attributes = element.attributes
    names, element.unknown = _sorted_out(element.tag, tuple(attributes))
    return {name: value for name in names if (value := attributes[name]) and value != "null"}


def plainly_known(element: Element) -> bool:
    """Whether a record is a single tag all of whose attributes are known: the common case."""
    return not (element.children or element.text or element.unknown)


def unknown(element: Element, pointer: str) -> Iterator[tuple[str, str]]:
    """Pointer and value of each leaf of this element, and of those below, that nobody here knows."""
    fields = element.tag in FIELDS
    names = _sorted_out(element.tag, tuple(element.attributes))[1] if fields else tuple(element.attributes)
    for name in names:
        if element.attributes[name] not in NONE:
            yield f"{pointer}/@{name}", element.attributes[name]
    if element.tag == "addr" and element.attributes.get("type") not in ROLES:
        yield f"{pointer}/@type", element.attributes.get("type", "")
    if element.text and not element.text.isspace():
        yield f"{pointer}/text()", element.text.strip()
    yield from _unknown_below(element, pointer)


def _unknown_below(element: Element, pointer: str) -> Iterator[tuple[str, str]]:
    counts: dict[str, int] = {}
    for child in element.children:
        counts[child.tag] = counts.get(child.tag, 0) + 1
        below = f"{pointer}/{child.tag}"
        if child.tag not in ("parts", "addrs"):
            below += f"[{counts[child.tag]}]"
        if child.tag not in _CHILDREN.get(element.tag, ()):
            yield below, child.text.strip()
        yield from unknown(child, below)


def unknown_of_root(attributes: dict[str, str], pointer: str) -> Iterator[tuple[str, str]]:
    """The same for the file's outermost element."""
    for name, value in attributes.items():
        if name not in _KNOWN_OF_ROOT and value not in NONE:
            yield f"{pointer}/@{name}", value
