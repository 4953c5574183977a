"""What casework keeps: the case, its own numbers, and the work on it."""

from __future__ import annotations

from joindots.casework.models.agreeing import Consent, Share, ShareReader
from joindots.casework.models.caring import Supervision
from joindots.casework.models.cases import Case, CaseQuerySet, OwnNumber, owned_by
from joindots.casework.models.desk import PutOff
from joindots.casework.models.handing import Closing, Handover, Looking, SetAside
from joindots.casework.models.intake import Allocation, ContactTry, Intake, WorkerCard
from joindots.casework.models.plans import PlanAgreed, PlanStep, SafetyPlan
from joindots.casework.models.recovery import CopeAnswer, Cost, Letter
from joindots.casework.models.referring import PoliceReport, Referral, ReferralIn, RejectedReport
from joindots.casework.models.rights import CourtDay, MeasureAsked, RightDue
from joindots.casework.models.tasks import Chaser, ChaserStep, Task
from joindots.casework.models.therapy import TherapyNote, TherapyReferral, TherapyRoom

__all__ = [
    "Allocation", "Case", "CaseQuerySet", "Chaser", "ChaserStep", "Closing", "Consent", "ContactTry", "CopeAnswer",
    "Cost", "CourtDay", "Handover", "Intake", "Letter", "Looking", "MeasureAsked", "OwnNumber", "PlanAgreed",
    "PlanStep", "PoliceReport", "PutOff", "Referral", "ReferralIn", "RejectedReport", "RightDue", "SafetyPlan",
    "SetAside", "Share", "ShareReader", "Supervision", "Task", "TherapyNote", "TherapyReferral", "TherapyRoom",
    "WorkerCard", "owned_by",
]  # fmt: skip
