"""Privacy as its reader may see it: requests, copies, what is kept, breaches, drafts."""

from joindots.privacy.queries.breach import (
    BreachLine,
    BreachView,
    Reader,
    StepView,
    breach,
    breaches,
    breaches_waiting,
    who_opened,
)
from joindots.privacy.queries.copying import (
    CopyLine,
    CopyView,
    HeldView,
    KindView,
    PieceView,
    copies,
    copy,
    pieces,
    what_is_held,
)
from joindots.privacy.queries.drafts import Settings, settings
from joindots.privacy.queries.keeping import (
    CertificateView,
    DueLine,
    HoldView,
    RecordView,
    certificate,
    certificates,
    due_list,
    holds_waiting,
    periods,
    record,
)
from joindots.privacy.queries.register import RequestLine, RequestView, request, requests, waiting
from joindots.privacy.queries.telling import AskedAbout, asked_about, to_tell

__all__ = [
    "AskedAbout", "BreachLine", "BreachView", "CertificateView", "CopyLine", "CopyView", "DueLine", "HeldView",
    "HoldView", "KindView", "PieceView", "Reader", "RecordView", "RequestLine", "RequestView", "Settings",
    "StepView", "asked_about", "breach", "breaches", "breaches_waiting", "certificate", "certificates", "copies",
    "copy", "due_list", "holds_waiting", "periods", "pieces", "record", "request", "requests", "settings",
    "to_tell", "waiting", "what_is_held", "who_opened",
]  # fmt: skip
