"""Telling a client that police or others ask for what is held about them: by letter, or written down why not."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework.rules.saying import can_say
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound
from joindots.kernel.words import words
from joindots.notices import actions as notices
from joindots.notices.actions import Written
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind as Form
from joindots.people.models import Presence
from joindots.privacy import permissions
from joindots.privacy.models import Request
from joindots.privacy.rules import register as rules
from joindots.privacy.tasks.register import case_circle, is_tied

SEALED = ("who", "reach", "words", "why_longer", "why_untold", "why")
NO_REASON = words("untold_why", "Write why the client is not told in writing.")


@writes(permissions.KEEP_REGISTER, Request, when=lambda row: rules.can_tie(row.kind, row.state))
def say_which_case(actor: Actor, row: Request, *, case: str) -> None:
    """Say which case a request by police or others is about. From now on it stands there: whoever has the case sees it,
    and whoever may not know of the case no longer does.
    """
    rules.is_not_tied(is_tied(row)).or_raise()
    plain = {name: actor.keys.open(getattr(row, name)) for name in SEALED}
    before, row.circle_id = row.circle_id, case_circle(actor, case)
    actor.keys.seal(row, **plain)
    row.save(update_fields=("circle", *SEALED))
    actor.record(before, "privacy.request_moved", request=row.pk)
    actor.record(row.circle_id, "privacy.registered", request=row.pk, kind=row.kind)


def _tellable(row: Request) -> Decision:
    return rules.can_tell(row.state, tied=is_tied(row), letter=row.notice.state if row.notice else "")


@writes(permissions.TELL_CLIENT, Request, when=_tellable)
def tell_client(actor: Actor, row: Request, *, body: str) -> Written:
    """Queue a letter to the client, past their safe contact. It counts as told once it has left; what became of it."""
    found = Presence.objects.filter(circle=row.circle_id, stands_as=Presence.As.VICTIM).values_list("person", flat=True)
    person = found.first()
    if person is None:
        raise NotFound
    written = notices.write(actor, Ref(row.circle_id), person=person, kind=Form.LETTER, said=Said(body))
    row.notice_id = written.id
    row.save(update_fields=("notice",))
    actor.record(row.circle_id, "privacy.client_written_to", request=row.pk)
    return written


@writes(permissions.TELL_CLIENT, Request, when=_tellable)
def say_untold(actor: Actor, row: Request, *, why: str) -> None:
    """Write down why the client is not told in writing, or not yet. A letter may still go later, and then counts."""
    can_say(why, NO_REASON).or_raise()
    actor.keys.seal(row, why_untold=why)
    row.save(update_fields=("why_untold",))
    actor.record(row.circle_id, "privacy.client_not_told", request=row.pk)
