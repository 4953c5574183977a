"""What risk keeps: forms that were asked and results of tools, judgements of people, and what asks for a new look."""

from joindots.risk.models.asking import Answer, Assessment, LoadedForm
from joindots.risk.models.judging import Judgement, JudgementVersion
from joindots.risk.models.watching import Change, Prompt, Watch

__all__ = [
    "Answer", "Assessment", "Change", "Judgement", "JudgementVersion", "LoadedForm", "Prompt", "Watch",
]  # fmt: skip
