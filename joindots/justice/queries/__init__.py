"""The way from report to conviction, as its reader may see it."""

from __future__ import annotations

from joindots.justice.queries.allegations import OnRecord, PutStepView, PutView, on_record, puts_counted
from joindots.justice.queries.both_ways import Asked, BothWays, CaseBeside, both_ways
from joindots.justice.queries.case_file import AskView, CaseFile, FormLine, Material, case_file
from joindots.justice.queries.crimes import (
    CountView,
    CrimeLine,
    CrimePage,
    CrimeStepView,
    CrimeWaiting,
    NextStep,
    ReportLine,
    crime,
    crimes,
    crimes_waiting,
    reports_to_follow,
)
from joindots.justice.queries.devices import DeviceAskView, DeviceDue, DevicesPage, devices, devices_waiting
from joindots.justice.queries.disclosing import (
    Telling,
    ToldDue,
    ToldRequestView,
    ToldStepView,
    told_requests,
    told_waiting,
)
from joindots.justice.queries.drafting import FormPage, file_form
from joindots.justice.queries.near import NearName, near_victims
from joindots.justice.queries.opposed import (
    Opposed,
    ReviewView,
    RoleChangeView,
    SecondAsked,
    Waits,
    opposed_waiting,
    primary_victim,
    seconds_asked,
)
from joindots.justice.queries.points import Judged, Linked, PointBlock, PointsPage, points
from joindots.justice.queries.proceedings import (
    Log,
    ProceedingDue,
    ProceedingView,
    TookView,
    proceedings,
    proceedings_due,
)

__all__ = [
    "AskView",
    "Asked",
    "BothWays",
    "CaseBeside",
    "CaseFile",
    "CountView",
    "CrimeLine",
    "CrimePage",
    "CrimeStepView",
    "CrimeWaiting",
    "DeviceAskView",
    "DeviceDue",
    "DevicesPage",
    "FormLine",
    "FormPage",
    "Judged",
    "Linked",
    "Log",
    "Material",
    "NearName",
    "NextStep",
    "OnRecord",
    "Opposed",
    "PointBlock",
    "PointsPage",
    "ProceedingDue",
    "ProceedingView",
    "PutStepView",
    "PutView",
    "ReportLine",
    "ReviewView",
    "RoleChangeView",
    "SecondAsked",
    "Telling",
    "ToldDue",
    "ToldRequestView",
    "ToldStepView",
    "TookView",
    "Waits",
    "both_ways",
    "case_file",
    "crime",
    "crimes",
    "crimes_waiting",
    "devices",
    "devices_waiting",
    "file_form",
    "near_victims",
    "on_record",
    "opposed_waiting",
    "points",
    "primary_victim",
    "proceedings",
    "proceedings_due",
    "puts_counted",
    "reports_to_follow",
    "seconds_asked",
    "told_requests",
    "told_waiting",
]
