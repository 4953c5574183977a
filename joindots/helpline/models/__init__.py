"""Tables of the helpline: contacts and what belongs to each, and the line itself."""

from joindots.helpline.models.contacts import CallBack, CallerMark, Contact, EarlierLink, Line, Offer, UnmetNeed
from joindots.helpline.models.line import OpenHours, OwnNumber, Pause, ReadyStep, Turn, Unanswered, WebDoor

__all__ = [
    "CallBack", "CallerMark", "Contact", "EarlierLink", "Line", "Offer", "OpenHours", "OwnNumber", "Pause", "ReadyStep",
    "Turn", "Unanswered", "UnmetNeed", "WebDoor",
]  # fmt: skip
