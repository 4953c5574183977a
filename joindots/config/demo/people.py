"""The demo's agencies and staff, with one password made at first start and a second factor each."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.hashers import make_password

from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership, Team, User

BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)
WORDS = (
    "amber anchor apple autumn bakery basket beacon birch bridge candle canvas cedar cherry clover copper coral "
    "cotton daisy dapple ember fennel ferry garden ginger harbour hazel heron honey indigo ivory jasmine kettle "
    "ladder lantern lemon linen maple marble meadow mellow nutmeg olive orchard otter paper pebble pepper quill "
    "ribbon river saffron sandal silver teapot thistle timber velvet walnut willow winter"
).split()


@dataclass(frozen=True, slots=True)
class Staff:
    """One demo person: name, agency, roles, team."""

    username: str
    name: str
    agency: str
    roles: tuple[Role, ...]
    team: str = ""


AGENCIES: dict[str, tuple[str, Agency.Kind]] = {
    "lantern": ("Lantern Line", Agency.Kind.HELPLINE),
    "stillwater": ("Stillwater Advocacy", Agency.Kind.ADVOCACY),
    "northshire": ("Northshire Constabulary", Agency.Kind.POLICE),
    "westmarch": ("Westmarch Police", Agency.Kind.POLICE),
    "westmarch_advocacy": ("Westmarch Advocacy Service", Agency.Kind.ADVOCACY),
    "trust": ("Northshire and Dale NHS Trust", Agency.Kind.NHS),
    "probation": ("Northshire Probation", Agency.Kind.PROBATION),
    "turnpoint": ("Turnpoint Programmes", Agency.Kind.PROGRAMME),
    "prosecution": ("Northshire Prosecution Service", Agency.Kind.PROSECUTION),
    "meadow": ("Meadow Therapy", Agency.Kind.THERAPY),
    "commissioner": ("Office of the Police and Crime Commissioner", Agency.Kind.COMMISSIONER),
    "northfield": ("Northfield High School", Agency.Kind.SCHOOL),
}
STAFF = (
    Staff("jo", "Jo Whitfield", "lantern", (Role.HELPLINE_ADVISER,)),
    Staff("bea", "Bea Nkemelu", "lantern", (Role.HELPLINE_SUPERVISOR,)),
    Staff("asha", "Asha Verma", "stillwater", (Role.ADVOCATE,)),
    Staff("ruth", "Ruth Oyelaran", "stillwater", (Role.TEAM_LEAD, Role.ADVOCATE, Role.AGENCY_ADMIN)),
    Staff("tariq", "Tariq Bell", "stillwater", (Role.ADVOCATE,)),
    Staff("priya", "DS Priya Nand", "northshire", (Role.POLICE_SPOC,), "Stalking team"),
    Staff("tom", "DC Tom Hale", "northshire", (Role.POLICE_OFFICER,), "Stalking team"),
    Staff("lewis", "PC Lewis Okoro", "northshire", (Role.POLICE_OFFICER,), "Response"),
    Staff("dana", "Insp Dana Reeve", "northshire", (Role.POLICE_OFFICER,), "Stalking team"),
    Staff("gwen", "Gwen Ashby", "northshire", (Role.SPO_ADMINISTRATOR,), "Civil orders"),
    Staff("leanne", "Leanne Dunn", "northshire", (Role.POLICE_OFFICER,), "Contact Centre"),
    Staff("ana", "DC Ana Petrov", "westmarch", (Role.POLICE_SPOC,)),
    Staff("bev", "Bev Stokes", "westmarch_advocacy", (Role.ADVOCATE, Role.TEAM_LEAD)),
    Staff("okafor", "Dr Sam Okafor", "trust", (Role.CLINICIAN,)),
    Staff("lund", "Dr Ingrid Lund", "trust", (Role.CLINICIAN,)),
    Staff("moira", "Moira Quill", "trust", (Role.PRIVACY_OFFICER,)),
    Staff("neil", "Neil Barrow", "probation", (Role.PROBATION_PRACTITIONER,)),
    Staff("joan", "Joan Petty", "probation", (Role.PROBATION_PRACTITIONER,)),
    Staff("carys", "Carys Howell", "probation", (Role.PROBATION_PRACTITIONER,), "Victim liaison"),
    Staff("gareth", "Gareth Mills", "turnpoint", (Role.PROGRAMME_PRACTITIONER,)),
    Staff("farah", "Farah Aziz", "prosecution", (Role.PROSECUTOR,)),
    Staff("kit", "Kit Moran", "meadow", (Role.THERAPIST,)),
    Staff("della", "Della Frayne", "commissioner", (Role.ANALYST,)),
    Staff("adeyemi", "Mrs Adeyemi", "northfield", (Role.SAFEGUARDING_LEAD,)),
)
BUDDIES = {"stillwater": "trust", "northshire": "trust", "westmarch_advocacy": "stillwater", "lantern": "stillwater"}
"""Which agency's lead or privacy officer decides as the second person where an agency has nobody else."""
SHOWN = ("jo", "bea", "asha", "ruth", "priya", "tom", "leanne", "neil", "moira", "della")


def load_people() -> dict[str, Membership]:
    """Make agencies and staff where they are missing; every membership by username."""
    agencies = {
        key: Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        for key, (name, kind) in AGENCIES.items()
    }
    for key, buddy in BUDDIES.items():
        Agency.objects.filter(pk=agencies[key].pk, buddy=None).update(buddy=agencies[buddy])
    have = {row.user.username: row for row in Membership.objects.select_related("user", "agency", "team")}
    missing = [one for one in STAFF if one.username not in have]
    # One password, so one hash: it takes a tenth of a second by design.
    password = make_password(demo_password()) if missing else ""
    for one in missing:
        have[one.username] = _make(one, agencies[one.agency], password)
    return {one.username: have[one.username] for one in STAFF}


def _make(one: Staff, agency: Agency, password: str) -> Membership:
    user = User.objects.create(username=one.username, password=password, name=one.name, is_demo=True)
    team = Team.objects.get_or_create(agency=agency, name=one.team)[0] if one.team else None
    secret = get_adapter().encrypt(generate_totp_secret())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    return Membership.objects.create(
        user=user, agency=agency, team=team, roles=[role.value for role in one.roles], starts=BEGAN
    )


def demo_password() -> str:
    """The demo people's password: four words, made at first start, kept for this user alone."""
    path = Path(settings.DATA) / "demo.json"
    if not path.exists():
        path.write_text(json.dumps({"password": "-".join(secrets.choice(WORDS) for _ in range(4))}))
        path.chmod(0o600)
    return str(json.loads(path.read_text())["password"])


def demo_code(username: str) -> str | None:
    """The six digits a demo person's app would show now; None for anybody who is not demo data."""
    found = Authenticator.objects.filter(user__username=username, user__is_demo=True, type="totp").first()
    if found is None:
        return None
    secret = get_adapter().decrypt(found.data["secret"])
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def sign_in_words() -> str:
    """What the start prints: names, the password, and how to get a code."""
    people = {one.username: one for one in STAFF}
    lines = [f"  {name:<8} {people[name].name}, {AGENCIES[people[name].agency][0]}" for name in SHOWN]
    return "\n".join(
        ["Everything and everyone in it is invented. Sign in as:", "", *lines, "",
         f"  password: {demo_password()}", "  second factor: .venv/bin/joindots demo-code NAME", ""]
    )  # fmt: skip
