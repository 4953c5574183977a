"""What somebody sent when their session had ended: held sealed for a day, and offered to them alone.

It lies under the key of the circle it was written for and goes with it at once; nobody who may not know of that circle
any more is offered it. Nothing held is ever sent by itself. Whoever signs in as the person who wrote it sees it and
presses, or drops it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

from joindots.access import parts
from joindots.agencies.models import HeldPost, Membership, User
from joindots.vault.keys import KeyCabinet, KeyGone, purpose_key
from joindots.vault.models import Tier
from joindots.vault.sealing import SealBroken, Spot, seal, unseal

LASTS: Final = timedelta(hours=24)
MOST_OF_ONE: Final = 20
MOST_BYTES: Final = 1 << 19
WAS: Final = "was"
"""In a session of nobody: whose session it was before it ended. It lets hold for them, and nothing else."""
NOBODY: Final = UUID(int=0)
OFFER: Final = "held"
"""The field by which a form says which held one it sends again."""
NEVER: Final = ("csrfmiddlewaretoken", OFFER, "password", "code")
OWN: Final = frozenset({"version", "form", "begun", "acting", "shown", "later", "look", "opened", "stands", "mark"})
"""Fields that a form carries for itself, and nobody typed."""
LIBRARY: Final = "/account/"
DESK: Final = "/today/"
LOOKED_OVER = "can_be_looked_over"


@dataclass(frozen=True, slots=True)
class Held:
    """One form as its writer sees it again: where it was sent, when, what stood in it."""

    id: UUID
    path: str
    at: datetime
    until: datetime
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    files: bool
    """Whether files came with it; these were not kept."""
    looked_over: bool
    """Whether its page can show it again in the form, before anything is done."""

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What somebody typed or chose, without what the form itself carries."""
        return tuple((name.replace("_", " "), text) for name, text in self.fields if text.strip() and name not in OWN)


def can_be_looked_over(view: Any) -> Any:
    """Mark a view whose form shows again what is sent with the field `look`, and does nothing with it."""
    setattr(view, LOOKED_OVER, True)
    return view


def remember(request: HttpRequest) -> None:
    """Note, in a session of nobody, whose session it was that this browser still names but that has ended."""
    if request.user.is_authenticated or request.session.get(WAS):
        return
    user = _whose(request)
    if user is not None:
        request.session[WAS] = str(user.pk)


def hold(request: HttpRequest) -> bool:
    """Hold what was posted, for whoever was signed in here last. Whether it is held: not for somebody unknown, not a
    form of sign-in, and not what is too large. The newest of one page stands for it.
    """
    user = _writer(request)
    if user is None or request.path.startswith(LIBRARY):
        return False
    try:
        fields = [(name, text) for name, found in request.POST.lists() for text in found if name not in NEVER]
    except (BadRequest, MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, UnicodeError):
        return False
    told = json.dumps({"fields": fields, "files": _chose_files(request)}).encode()
    if not fields or len(told) > MOST_BYTES:
        return False
    at: datetime = request.at  # type: ignore[attr-defined]
    sweep(at)
    path = request.path[:300]
    row = HeldPost.objects.filter(user=user, path=path).first() or HeldPost(user=user, path=path)
    row.owner = parts.owner_at(path)
    try:
        key = _key(row, at)  # committed before the row that it seals
    except KeyGone:
        return False
    try:
        with transaction.atomic():
            _keep(row, at, seal(key, _spot(row), told, row.number + 1))
    except IntegrityError:  # another form of the page came at the same moment and is held, or the account is gone
        return HeldPost.objects.filter(user=user, path=request.path[:300]).exists()
    return True


def _keep(row: HeldPost, at: datetime, sealed: bytes) -> None:
    """Keep it in place of what was held of this page; of many pages the newest are kept."""
    row.at, row.number, row.fields = at, row.number + 1, sealed
    row.save()
    newest = list(HeldPost.objects.filter(user=row.user).order_by("-at").values_list("pk", flat=True)[:MOST_OF_ONE])
    HeldPost.objects.filter(user=row.user).exclude(pk__in=newest).delete()


def _key(row: HeldPost, at: datetime) -> bytes:
    """The key under which it lies: of its owner's most guarded tier, for a card's number may stand in it."""
    if row.owner is None:
        return purpose_key("held")
    return KeyCabinet((Tier.CONTACT,)).key_or_new(row.owner, Tier.CONTACT, at)


def forget(owner: UUID) -> None:
    """Delete what is held of a circle or room that is being erased."""
    HeldPost.objects.filter(owner=owner).delete()


def _offered(user: User, at: datetime) -> list[HeldPost]:
    """What is held for somebody, newest first, of what they may still know of by one of their memberships."""
    rows = list(HeldPost.objects.filter(user=user, at__gt=at - LASTS).order_by("-at"))
    owners = {row.owner for row in rows if row.owner}
    mine = Membership.objects.current(at).filter(user=user).values_list("pk", flat=True) if owners else ()
    known = {owner for one in mine for owner in parts.sides(one, at, owners)}
    return [row for row in rows if row.owner is None or row.owner in known]


def hold_refused(request: HttpRequest) -> UUID | None:
    """Hold the words of a form that came after somebody else's: they are offered again after the page was closed too.

    Only where words were typed: a button that was pressed twice leaves nothing worth keeping. The one that is held,
    which the form names when it is sent again from the page that comes back.
    """
    words = any(" " in text.strip() for name, found in request.POST.lists() for text in found if name not in NEVER)
    if not (isinstance(request.user, User) and words and hold(request)):
        return None
    mine = HeldPost.objects.filter(user=request.user, path=request.path[:300])
    return mine.values_list("pk", flat=True).first()


def hold_stale(request: HttpRequest) -> bool:
    """Hold a form that was opened before its sender signed in again in this browser, so that its mark is of no use.

    Only what a page of ours sent, which the browser itself says; and only where the session before was theirs too, for
    on a shared machine the words may be somebody else's.
    """
    ours = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    same = isinstance(request.user, User) and request.session.get(WAS) == str(request.user.pk)
    return ours and same and hold(request)


def is_offered(request: HttpRequest) -> bool:
    """Whether a page says that something is held: at the desk, and everywhere in a session that followed another."""
    if not isinstance(request.user, User) or not (request.path == DESK or WAS in request.session):
        return False
    return is_held_for(request.user, request.at)  # type: ignore[attr-defined]


def held_for(user: User, at: datetime) -> tuple[Held, ...]:
    """What is held for somebody, newest first; what is older than a day is gone."""
    sweep(at)
    found = []
    for row in _offered(user, at):
        try:
            told = json.loads(unseal(_key(row, at), _spot(row), bytes(row.fields)))
        except (KeyGone, SealBroken):
            continue
        fields = tuple((name, text) for name, text in told["fields"])
        found.append(Held(row.pk, row.path, row.at, row.at + LASTS, fields, told["files"], _looks(row.path)))
    return tuple(found)


def is_held_for(user: User, at: datetime) -> bool:
    """Whether anything is, without opening it."""
    return bool(_offered(user, at))


def drop(user: User, given: str) -> None:
    """Drop one that is held for somebody: it was sent again, or they do not want it."""
    try:
        HeldPost.objects.filter(user=user, pk=UUID(given)).delete()
    except ValueError:
        return


def held_here(request: HttpRequest) -> tuple[Held, ...]:
    """What is held for who is signed in."""
    return held_for(request.user, request.at) if isinstance(request.user, User) else ()  # type: ignore[attr-defined]


def drop_sent(request: HttpRequest, name: str = OFFER) -> None:
    """Drop what this field names: what was sent again, now that its page has taken it, or is not wanted."""
    if isinstance(request.user, User):
        drop(request.user, request.POST.get(name, ""))


def sweep(at: datetime) -> int:
    """Delete what was held longer than a day; how many."""
    return HeldPost.objects.filter(at__lte=at - LASTS).delete()[0]


def _writer(request: HttpRequest) -> User | None:
    """Who is signed in, or was until their session ended."""
    if isinstance(request.user, User):
        return request.user
    try:
        return User.objects.filter(pk=request.session.get(WAS, NOBODY), is_active=True).first() or _whose(request)
    except ValueError:
        return None


def _whose(request: HttpRequest) -> User | None:
    """Whose the session was that the browser names: one that ended by its time, and was nobody else's meanwhile."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return None
    at: datetime = request.at  # type: ignore[attr-defined]
    row = Session.objects.filter(session_key=key, expire_date__lte=at, expire_date__gt=at - LASTS).first()
    if row is None:
        return None
    told = row.get_decoded()
    user = User.objects.filter(pk=told.get(SESSION_KEY) or told.get(WAS) or NOBODY, is_active=True).first()
    if user is None or (BACKEND_SESSION_KEY in told and told.get(HASH_SESSION_KEY) != user.get_session_auth_hash()):
        return None
    return user


def _chose_files(request: HttpRequest) -> bool:
    """Whether a file was really among what was sent: its upload was refused, for nobody was signed in."""
    return bool(request.FILES) or any(getattr(one, "refused", False) for one in request.upload_handlers)


def _looks(path: str) -> bool:
    try:
        return bool(getattr(resolve(path).func, LOOKED_OVER, False))
    except Resolver404:
        return False


def _spot(row: HeldPost) -> Spot:
    return Spot("agencies_heldpost", "fields", str(row.user_id), str(row.pk))
