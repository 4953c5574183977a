"""What justice keeps."""

from __future__ import annotations

from joindots.justice.models.allegations import PutOnRecord, PutStep
from joindots.justice.models.case_file import HolderAsk, MaterialMark
from joindots.justice.models.crimes import Crime, CrimeStep
from joindots.justice.models.devices import DeviceAsk, DeviceStep
from joindots.justice.models.disclosing import ToldRequest, ToldStep
from joindots.justice.models.opposed import PrimaryReview, RoleChange
from joindots.justice.models.points import PointJudgement, PointLink
from joindots.justice.models.proceedings import Proceeding, ProceedingStep

__all__ = [
    "Crime",
    "CrimeStep",
    "DeviceAsk",
    "DeviceStep",
    "HolderAsk",
    "MaterialMark",
    "PointJudgement",
    "PointLink",
    "PrimaryReview",
    "Proceeding",
    "ProceedingStep",
    "PutOnRecord",
    "PutStep",
    "RoleChange",
    "ToldRequest",
    "ToldStep",
]
