"""What privacy keeps: requests, copies, holds, what was signed, certificates, periods, and breaches."""

from joindots.privacy.models.breach import Breach, BreachStep
from joindots.privacy.models.copying import Choice, Copy
from joindots.privacy.models.keeping import Certificate, Hold, Period, Signed
from joindots.privacy.models.register import Request

__all__ = ["Breach", "BreachStep", "Certificate", "Choice", "Copy", "Hold", "Period", "Request", "Signed"]
