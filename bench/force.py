"""A force with one case, measured from outside: `python -m bench.force` in an installation of its own.

Makes three officers who stand in the case, its log of 300 entries, and 60 photographs, each an exhibit with a reference
that shows an entry and that was looked over; one judgement of risk. Says who is signed in by which cookie, with a
second factor given an hour ago: whatever needs it fresh asks for it again.
"""

from __future__ import annotations

import io
import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

ENTRIES, EXHIBITS = 300, 60
OFFICERS = {"priya": "police_spoc", "tom": "police_officer", "marsh": "police_spoc"}
SECRET = "JBSWY3DPEHPK3PXP"
"""Of everybody's app."""
VICTIM, RESPONDENT = "Rhian Example", "Callum Pryce"
DOES = (
    "stood at the gate", "followed the bus", "called and said nothing", "left a card on the car", "wrote again",
    "waited by the shop", "asked a neighbour", "took a photograph from the road", "sent a parcel to work",
)  # fmt: skip
AFTER = (
    "until it was dark", "for ten minutes and went", "and came back an hour later", "as on the day before",
    "after being told to stop", "while the children were there",
)  # fmt: skip


def lines() -> list[str]:
    """What the log says, an entry each; every run the same."""
    pick = random.Random(11)
    return [f"For the {n}th time he {pick.choice(DOES)} {pick.choice(AFTER)}" for n in range(1, ENTRIES + 1)]


def prepare() -> dict[str, Any]:
    """The force, its people and its case; what a browser needs to begin."""
    from joindots.access import door
    from joindots.access.door import Ref
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Agency, Membership, Team, User
    from joindots.casework import actions as casework
    from joindots.config.prepare import prepare_store

    prepare_store()
    now = datetime.now(UTC)
    agency = Agency.objects.create(name="Northshire", kind="police")
    team, members = Team.objects.create(agency=agency, name="Harrowby"), {}
    for name, role in OFFICERS.items():
        user = User.objects.create(username=name, name=name.capitalize())
        members[name] = Membership.objects.create(
            user=user, agency=agency, team=team, roles=[role], starts=now - timedelta(days=900)
        )
    actor = actor_as(members["priya"], now)
    case = Ref(casework.open_case(actor, victim=VICTIM, own_number="NS-1"))
    _written(actor, case)
    _let_in(case, [members["tom"], members["marsh"]])
    door.close(actor)
    return {"case": case.key, "cookies": {name: _entered(name) for name in OFFICERS}}


def _written(actor: Any, case: Any) -> None:
    """The log, two to a week, the photographs, and a judgement."""
    from joindots.access.door import Ref
    from joindots.casework.models import Case
    from joindots.evidence import actions as evidence
    from joindots.evidence.rules.entries import KINDS, Telling
    from joindots.evidence.rules.links import End
    from joindots.kernel.when import Precision, When, london_day
    from joindots.risk import actions as risk
    from joindots.risk.rules.judging import Judging

    kinds = list(KINDS)
    for n, words in enumerate(lines()):
        start = actor.at - timedelta(hours=84 * (ENTRIES - n))
        when = When(start, start + timedelta(minutes=9), Precision.RANGE)
        kind = kinds[n % 7] if n % 40 else kinds[7 + n // 40 % 3]
        entry = evidence.write_entry(actor, case, telling=Telling(when, (kind,), words=words, doer="reported"))
        if n % (ENTRIES // EXHIBITS) == 0:
            source = _photographed(actor, case, n)
            ends = (End(source=source), End(entry=entry.reference))
            evidence.link(actor, case, kind="shows", ends=ends)
    circle = Ref(Case.objects.get(reference=case.key).circle_id)
    today = london_day(actor.at)
    risk.judge(actor, circle, said=Judging("high", today, today + timedelta(days=7),
               "He comes nearer and oftener, and after every warning.", ("person",)))  # fmt: skip


def _photographed(actor: Any, case: Any, number: int) -> int:
    """A photograph that was brought in, given a reference, and looked over."""
    from PIL import Image

    from joindots.chronology import actions as chronology
    from joindots.evidence import actions as evidence
    from joindots.jobs import tasks
    from joindots.vault.files import Sealer

    held, sealer = io.BytesIO(), Sealer()
    picture = Image.radial_gradient("L").resize((1280, 960)).convert("RGB")
    picture.paste((number % 256, 90, 120), (100, 100, 400 + number, 500))
    picture.save(held, "JPEG")
    sealer.write(held.getvalue())
    arrived = evidence.bring_in(actor, case, name=f"IMG_{number}.jpg", sealed=sealer.close())
    assert arrived.job is not None and tasks.run(arrived.job) == "done"
    chronology.refer(actor, case, name="Priya", initials="PN", source=arrived.source)
    chronology.look_over(actor, case, source=arrived.source)
    return arrived.source


def _let_in(case: Any, members: list[Any]) -> None:
    """Colleagues stand in the case, as its own page lets them."""
    from joindots.casework.models import Case
    from joindots.circles.models import Standing

    circle = Case.objects.get(reference=case.key).circle
    for one in members:
        Standing.objects.create(circle=circle, membership=one, side="victim", basis="team", purpose="orders",
                                starts=datetime.now(UTC) - timedelta(minutes=1))  # fmt: skip


def _entered(name: str) -> str:
    """A session of somebody with an app, whose second factor is an hour old."""
    from allauth.account.internal.flows import login
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    from bench.installation import signed_in
    from joindots.agencies.models import User

    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=User.objects.get(username=name), type=Authenticator.Type.TOTP, data=data)
    session = signed_in(name).session
    given = session[login.AUTHENTICATION_METHODS_SESSION_KEY]
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{**one, "at": one["at"] - 3600} for one in given]
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    from joindots.config.prepare import setup

    setup()
    print(json.dumps(prepare()))
