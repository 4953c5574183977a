"""Forms and how far they were asked, judgements side by side, prompts with their facts, and what waits on a desk."""

from joindots.risk.queries.asking import (
    AnswerView,
    AskedPage,
    AssessmentView,
    Item,
    Resting,
    asked,
    assessments,
    entries_to_rest_on,
    state,
)
from joindots.risk.queries.carried import judged_high
from joindots.risk.queries.judging import (
    JudgementPage,
    JudgementView,
    LevelLine,
    VersionView,
    judgement,
    judgements,
    levels,
    note_table,
)
from joindots.risk.queries.loaded import FormView, LoadedView, forms, loaded_forms
from joindots.risk.queries.since import SinceView, numbers_since, since_judgement
from joindots.risk.queries.waiting import PromptWaiting, ReviewWaiting, prompts_waiting, reviews_waiting
from joindots.risk.queries.watching import (
    Behind,
    ChangeView,
    Fact,
    PromptPage,
    PromptView,
    behind,
    case_of_change,
    changes,
    prompt,
    prompts,
)

__all__ = [
    "AnswerView", "AskedPage", "AssessmentView", "Behind", "ChangeView", "Fact", "FormView", "Item", "JudgementPage",
    "JudgementView", "LevelLine", "LoadedView", "PromptPage", "PromptView", "PromptWaiting", "Resting",
    "ReviewWaiting", "SinceView", "VersionView", "asked", "assessments", "behind", "case_of_change", "changes",
    "entries_to_rest_on", "forms", "judged_high", "judgement", "judgements", "levels", "loaded_forms",
    "note_table",
    "numbers_since", "prompt", "prompts", "prompts_waiting", "reviews_waiting", "since_judgement", "state",
]  # fmt: skip
