"""What the pages' forms take."""

from __future__ import annotations

from django import forms

from joindots.casework.rules import RELATION_WORDS


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
    own_number = forms.CharField(label="Your own case number", max_length=60, required=False)
    summary = forms.CharField(
        label="Summary", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In plain words. Everyone who may know of this case can read it.",
    )  # fmt: skip
