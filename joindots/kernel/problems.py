"""The four ways to fail on purpose. Each is mapped to a status once, for pages and API alike."""

from __future__ import annotations

from joindots.kernel.words import Words, words


class Problem(Exception):
    """Something a person should be told in plain words. `status` is the HTTP status."""

    status = 500

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


class NotFound(Problem):
    """It does not exist, or you may not know of it: the two answer alike, byte for byte."""

    status = 404

    def __init__(self, reason: Words | None = None) -> None:
        super().__init__(reason or words("not_found", "There is nothing here that you can open."))


class NotAllowed(Problem):
    """You may know of it, but your role does not let you do this."""

    status = 403


class RuleBroken(Problem):
    """What was asked breaks a rule of the service or of the law."""

    status = 422


class OutOfDate(Problem):
    """Somebody changed it since you opened it."""

    status = 409

    def __init__(self, reason: Words | None = None) -> None:
        super().__init__(
            reason
            or words(
                "out_of_date",
                "Somebody else changed this after you opened it, and nothing was overwritten. Look at the newest "
                "version, then send yours again if it still fits.",
            )
        )
