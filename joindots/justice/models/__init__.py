"""What justice keeps."""

from __future__ import annotations

from joindots.justice.models.allegations import PutOnRecord, PutStep
from joindots.justice.models.crimes import Crime, CrimeStep
from joindots.justice.models.opposed import PrimaryReview, RoleChange
from joindots.justice.models.points import PointJudgement, PointLink

__all__ = ["Crime", "CrimeStep", "PointJudgement", "PointLink", "PrimaryReview", "PutOnRecord", "PutStep", "RoleChange"]
