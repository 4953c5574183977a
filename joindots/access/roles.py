"""The roles a membership can hold (source: roles.csv of the domain notes; pure)."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """A role in one agency. What a role may do is declared beside what it protects."""

    ADVOCATE = "advocate"
    TEAM_LEAD = "team_lead"
    HELPLINE_ADVISER = "helpline_adviser"
    HELPLINE_SUPERVISOR = "helpline_supervisor"
    POLICE_OFFICER = "police_officer"
    POLICE_SPOC = "police_spoc"
    SPO_ADMINISTRATOR = "spo_administrator"
    CLINICIAN = "clinician"
    PROBATION_PRACTITIONER = "probation_practitioner"
    PROGRAMME_PRACTITIONER = "programme_practitioner"
    PROSECUTOR = "prosecutor"
    THERAPIST = "therapist"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    PRIVACY_OFFICER = "privacy_officer"
    AGENCY_ADMIN = "agency_admin"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    OPERATOR = "operator"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return NAMES[self]


NAMES = {
    Role.ADVOCATE: "stalking advocate",
    Role.TEAM_LEAD: "team lead",
    Role.HELPLINE_ADVISER: "helpline adviser",
    Role.HELPLINE_SUPERVISOR: "helpline shift supervisor",
    Role.POLICE_OFFICER: "police officer",
    Role.POLICE_SPOC: "police single point of contact for stalking",
    Role.SPO_ADMINISTRATOR: "stalking protection order administrator",
    Role.CLINICIAN: "forensic clinician",
    Role.PROBATION_PRACTITIONER: "probation practitioner",
    Role.PROGRAMME_PRACTITIONER: "programme practitioner",
    Role.PROSECUTOR: "prosecutor",
    Role.THERAPIST: "trauma therapist",
    Role.SAFEGUARDING_LEAD: "safeguarding lead",
    Role.PRIVACY_OFFICER: "privacy officer",
    Role.AGENCY_ADMIN: "agency administrator",
    Role.ANALYST: "analyst",
    Role.AUDITOR: "auditor",
    Role.OPERATOR: "system operator",
}


@lru_cache
def said(roles: frozenset[Role]) -> str:
    """Roles as people say them, in the order in which they are declared."""
    return ", ".join(role.words for role in Role if role in roles)


CASE_WORK = frozenset(
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.POLICE_OFFICER,
     Role.POLICE_SPOC, Role.SPO_ADMINISTRATOR, Role.CLINICIAN, Role.PROBATION_PRACTITIONER,
     Role.PROGRAMME_PRACTITIONER, Role.PROSECUTOR, Role.THERAPIST, Role.SAFEGUARDING_LEAD}
)  # fmt: skip
"""Roles whose holders work on cases at all; whether on this one is a matter of standing."""
EVIDENCE_WORK = frozenset({Role.ADVOCATE, Role.TEAM_LEAD, Role.POLICE_OFFICER, Role.POLICE_SPOC})
"""Roles that bring in and work on evidence."""
REPORTED = "suspect"
"""The side of who works with the person reported: what was brought in and told by the other side is shut to it."""
