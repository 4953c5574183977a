"""What justice keeps."""

from __future__ import annotations

from joindots.justice.models.crimes import Crime, CrimeStep

__all__ = ["Crime", "CrimeStep"]
