"""What the pages' forms take."""

from __future__ import annotations

from django import forms

from joindots.casework.actions import Arrived, Known
from joindots.casework.rules import RELATION_WORDS
from joindots.casework.rules.intake import GRADE_WORDS, ORIGIN_WORDS
from joindots.kernel.problems import RuleBroken
from joindots.people.rules.marks import MOST_NAME, written

REPORTED = (("number", "suspect_number"), ("handle", "suspect_handle"), ("vehicle", "suspect_vehicle"))


class CaseForm(forms.Form):
    """A new case: a name, what the person reported is to the person being stalked, and a few words."""

    victim = forms.CharField(
        label="Name of the person being stalked", max_length=120, help_text="Or what the person wants to be called.",
        error_messages={"required": "Enter a name, or what the person wants to be called."},
    )  # fmt: skip
    relation = forms.ChoiceField(
        label="What is the person reported to them?", choices=[(code, text) for code, text in RELATION_WORDS.items()],
        initial="not_known",
    )  # fmt: skip
    suspect = forms.CharField(label="Name, if known", max_length=MOST_NAME, required=False)
    suspect_also = forms.CharField(
        label="Other names", max_length=4 * MOST_NAME, required=False,
        help_text="An alias, an earlier surname, a nickname. With a comma between two.",
    )  # fmt: skip
    suspect_number = forms.CharField(label="Telephone number", max_length=60, required=False)
    suspect_handle = forms.CharField(label="Account online", max_length=200, required=False)
    suspect_vehicle = forms.CharField(label="Number plate", max_length=30, required=False)
    origin = forms.ChoiceField(
        label="Where did it come from?", choices=[(str(code), text) for code, text in ORIGIN_WORDS.items()],
        initial="own", required=False,
    )  # fmt: skip
    source = forms.CharField(
        label="Who sent it",
        max_length=200,
        required=False,
        help_text="Only if somebody sent it: who, and their number.",
    )
    grade = forms.ChoiceField(
        label="How soon is the first contact?", choices=[(str(code), text) for code, text in GRADE_WORDS.items()],
        initial="standard", required=False, help_text="Only if somebody sent it. The time runs from now.",
    )  # fmt: skip
    whose = forms.ChoiceField(
        label="Who takes it?", choices=[("me", "I do"), ("lead", "a lead says who takes it")], required=False,
    )  # fmt: skip
    language = forms.CharField(label="Language", max_length=60, required=False)
    area = forms.CharField(label="Area", max_length=60, required=False)
    own_number = forms.CharField(label="Your own case number", max_length=60, required=False)
    summary = forms.CharField(
        label="Summary", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In plain words. Everyone who may know of this case can read it.",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """The marks of the person reported written one way, each refused at its own field."""
        told = dict(super().clean() or {})
        marks: list[tuple[str, str]] = []
        for kind, field in (("alias", "suspect_also"), *REPORTED):
            typed = str(told.get(field) or "")
            for one in filter(str.strip, typed.split(",") if kind == "alias" else [typed]):
                try:
                    marks.append((kind, written(kind, one)))
                except RuleBroken as broken:
                    self.add_error(field, str(broken))
        told["marks"] = tuple(dict.fromkeys(marks))
        return told

    def known(self) -> Known:
        """What is known of the person reported: nothing at all is fine."""
        return Known(suspect=self.cleaned_data["suspect"], suspect_identifiers=self.cleaned_data["marks"])

    def of_reported(self) -> list[forms.BoundField]:
        """The fields about the person reported."""
        return [self[name] for name in ("suspect", "suspect_also", *(field for _, field in REPORTED))]

    def arrived(self) -> Arrived | None:
        """How the case came in; None where its worker opens it and takes it, for then there is no clock."""
        told = self.cleaned_data
        queue = told["whose"] == "lead"
        if told["origin"] in ("", "own") and not queue:
            return None
        return Arrived(
            told["origin"] or "own", source=told["source"], grade=told["grade"] or "standard", queue=queue,
            area=told["area"], language=told["language"],
        )  # fmt: skip
