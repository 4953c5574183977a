"""What was typed comes back in the form that was refused, in no other, and never a secret."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions, queries
from joindots.casework.rules.agreeing import Item
from joindots.web.typed_again import put_back
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

HIDDEN = '<input type="hidden" name="row" value="{row}"><input type="hidden" name="version" value="2">'
FORM = (
    '<details class="x"><summary>Why</summary>\n<form method="post">' + HIDDEN
    + '<textarea name="why"></textarea><input name="on" type="date"><input name="word"><input type="password" name="p">'
    '<select name="to"><option value="">-</option><option value="a">A</option></select>'
    '<input type="radio" name="how" value="met"><input type="radio" name="how" value="said">'
    '<button name="do" value="{do}">Go</button></form></details>'
)  # fmt: skip


def page(*forms: tuple[str, str]) -> str:
    return "<!doctype html>\n<html><body>" + "\n".join(FORM.format(row=row, do=do) for row, do in forms)


def typed(**more: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update({"row": "1", "version": "1", "do": "end", "why": "It <b> is\nover", "on": "2025-11-17", "to": "a",
                 "how": "said", "word": "otter", "p": "secret", **more})  # fmt: skip
    return made


def test_the_form_that_was_sent_gets_its_words_and_opens_and_no_other_does() -> None:
    one, other = put_back(page(("1", "end"), ("2", "end")), typed(), "/x/").split("</details>")[:2]
    assert "It &lt;b&gt; is\nover</textarea>" in one and '<details class="x" open>' in one
    assert 'name="on" type="date" value="2025-11-17"' in one and '<option value="a" selected>' in one
    assert 'value="said" checked' in one and 'value="met" checked' not in one
    assert "otter" not in one and "secret" not in one
    assert other.strip() == FORM.format(row="2", do="end").removesuffix("</details>").strip()


def test_nothing_is_filled_where_no_one_form_is_surely_the_one_or_the_page_has_its_words() -> None:
    for forms in ((("1", "end"), ("1", "end")), (("2", "end"),), (("1", "other"),)):
        assert put_back(page(*forms), typed(), "/x/") == page(*forms)
    elsewhere = page(("1", "end")).replace("<form ", '<form action="/y/" ')
    assert put_back(elsewhere, typed(), "/x/") == elsewhere
    kept = '<form method="post"><textarea name="why">Kept.</textarea><input name="on" value="x"></form>'
    assert put_back(kept, QueryDict("why=b&on=c"), "/x/") == kept


@settings(max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_makes_no_tag_and_loses_no_rest_of_the_page(why: str, on: str) -> None:
    before = page(("1", "end")) + f"<p>{CANARY}</p>"
    after = put_back(before, typed(why=why, on=on), "/x/")
    assert after.count("<") == before.count("<") and after.endswith(f"<p>{CANARY}</p>")


def test_a_referral_that_is_not_refused_rightly_keeps_what_was_written_to_its_sender(
    stage: Stage, sign_in: SignIn
) -> None:
    agency, case, asha = stage.memberships["priya"].agency_id, stage.case(), stage.actor("asha")
    agreed = actions.agree(asha, case, what=actions.Agreement(Item.REFER, "spoken", stage.at.date(), agency=agency))
    actions.refer(asha, case, what=actions.Referring("other", "Rhian", agency=agency, consent=agreed))
    stage.close()
    [came] = queries.referrals_in(stage.actor("priya"))
    stage.close()
    at = f"/referrals/{came.id}/"
    refused = sign_in("priya").post(at, {"do": "reject", "rejected": "", "said": f"No, {CANARY}", "version": "1"})
    told = refused.content.decode()
    assert (
        refused.status_code == 422
        and f"No, {CANARY}</textarea>" in told
        and '<details class="govuk-details" open>' in told
    )
    assert queries.referral_in(stage.actor("priya"), Ref(came.id)).state_code == "sent"


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40), st.sampled_from(("1", "2")))
def test_where_somebody_was_faster_what_was_typed_is_to_be_read_and_what_stands_is_not_touched(
    why: str, row: str
) -> None:
    stands = page((row, "end")).replace('<textarea name="why"></textarea>', '<textarea name="why">As it is</textarea>')
    after = put_back(stands, typed(why=f"Words {why}"), "/x/", late=True)
    if row == "1":  # the row that was sent; of another row nothing is put into its form, nor above it
        assert '<textarea name="why">As it is</textarea>' in after
        assert escape(f"Words {why}".strip()) in after
    else:
        assert after == stands
    assert put_back(stands, typed(why="As it is", on="", to="", how=""), "/x/", late=True) == stands
