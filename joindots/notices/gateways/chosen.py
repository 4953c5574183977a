"""Which gateways are set up, from one settings file: for the whole installation, and for one agency by its name.

Nothing set up is no error: a notice then stays here, sealed, and its page says that it was not sent.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from joindots.notices.gateways import Gateway
from joindots.notices.gateways.notify import Notify
from joindots.notices.gateways.sms import Sms
from joindots.notices.gateways.smtp import Smtp
from joindots.notices.rules import neutral
from joindots.notices.rules.notices import Kind

OWN = 4
ANYBODYS = frozenset({
    "service", "services", "support", "centre", "trust", "team", "office", "project", "group", "network", "county",
    "council", "people", "partnership", "association", "local", "mail", "post", "default", "example",
})  # fmt: skip
"""Words of agencies' names that stand in anybody's address."""
MAKES: dict[str, Any] = {"smtp": Smtp, "notify": Notify, "sms": Sms}
DEFAULT = "default"
FITS = {Kind.TEXT: {"notify", "sms"}, Kind.MAIL: {"notify", "smtp"}, Kind.CALENDAR: {"smtp"},
        Kind.PRINTED: {"notify"}}  # fmt: skip
SECRETS = ("key", "password")


class BadSettings(Exception):
    """The settings file says something that cannot be; the sentence names where."""


def gateway_for(agency: str, kind: Kind) -> Gateway | None:
    """The gateway that carries this kind for an agency; None where none is set up."""
    told = _read()
    mine = {**told.get(DEFAULT, {}), **told.get(agency, {})}
    wanted = mine.get("mail" if kind == Kind.CALENDAR else kind.value, "")
    if not wanted:
        return None
    if wanted not in MAKES or wanted not in FITS.get(kind, set()):
        if kind == Kind.CALENDAR:
            return None
        raise BadSettings(f"{agency}: “{wanted}” carries no {kind}.")
    told_so = mine.get(wanted, {})
    if wanted == "smtp" and (word := neutral.telling(_apart(str(told_so.get("address", ""))), _own(agency))):
        raise BadSettings(f"{agency}: “{word}” in the address that mail is sent from tells who writes.")
    return _made(wanted, told_so)


def staff_domains() -> frozenset[str]:
    """The mail domains to which staff account mail may go; nobody's where none is named."""
    return frozenset(str(one).lower() for one in _read().get(DEFAULT, {}).get("staff_domains", ()))


def _apart(address: str) -> str:
    """An address as words; the ending of a domain is no word."""
    return " ".join(re.split(r"[@._+-]+", address)) if address else ""


def _own(agency: str) -> list[str]:
    """The agency's name as it may stand in an address, whole or by a word that is its own."""
    words = [word for word in re.findall(r"[^\W_]+", agency.casefold()) if len(word) >= OWN and word not in ANYBODYS]
    return [*words, "".join(re.findall(r"[^\W_]+", agency.casefold()))]


def _read() -> dict[str, Any]:
    path = Path(settings.GATEWAYS_FILE)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSettings(f"{path.name} cannot be read as TOML.") from fault


def _made(name: str, told: dict[str, Any]) -> Gateway:
    """The gateway with its settings; a secret may stand in a file of its own (`key_file`, `password_file`)."""
    given = dict(told)
    for secret in SECRETS:
        if file := given.pop(f"{secret}_file", ""):
            try:
                given[secret] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as fault:
                raise BadSettings(f"{name}: {secret}_file cannot be read.") from fault
    try:
        made: Gateway = MAKES[name](**given)
    except TypeError as fault:
        raise BadSettings(f"{name}: a setting is missing or not known.") from fault
    return made
