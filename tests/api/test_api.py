"""A partner's system may do what its token is for and nothing else, and fails in the words that a page would use."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from joindots.access import parts
from joindots.access.door import Ref
from joindots.access.permission import REGISTRY
from joindots.access.roles import Role
from joindots.access.scopes import SCOPES
from joindots.agencies.models import Agency, Membership, PartnerToken
from joindots.audit.models import Entry
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.models import Case, PoliceReport, ReferralIn, RejectedReport
from joindots.casework.rules.referring import REJECTED_WORDS
from joindots.circles import actions as circles
from joindots.kernel.problems import NotFound, RuleBroken
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

Make = Callable[..., Any]
NEVER = date(2099, 1, 1)
REPORT = {
    "crime_reference": "44/12345/26", "force": "hampshire", "reported_on": "2026-03-01", "name": f"Robin {CANARY}",
    "relation": "neighbour", "suspect": "Alex Example", "suspect_number": "07700 900114",
}  # fmt: skip


def referral(to: Agency, **more: object) -> dict[str, object]:
    return {
        "reference": "REF-1", "agency": str(to.pk), "name": f"Robin {CANARY}", "consent": True,
        "what": f"He waits outside, {CANARY}", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "services"), ("GET", "referrals/agencies"), ("POST", "reports"), ("PUT", "cases/AAAA-AAAA/files")],
)
def test_without_a_token_in_force_every_address_answers_alike(caller: Make, method: str, path: str) -> None:
    nobody = caller("directory", agreed=False)
    answers = {nobody(method, path).content}
    nobody.token = "jd_unknown"
    answers.add(nobody(method, path).content)
    response = nobody.client.generic(method, f"/api/{path}")
    answers.add(response.content)
    assert (len(answers), response.status_code, response["WWW-Authenticate"]) == (1, 401, "Bearer")
    assert "Set-Cookie" not in response


def test_who_is_signed_in_with_a_browser_is_nobody_to_the_api(stage: Stage, sign_in: SignIn) -> None:
    client, case = sign_in("asha"), stage.case().key
    for method, path in (("GET", "services"), ("POST", "reports"), ("PUT", f"cases/{case}/files")):
        assert client.generic(method, f"/api/{path}").status_code == 401


def test_a_token_does_what_it_is_for_and_nothing_else(caller: Make, stage: Stage) -> None:
    call = caller("directory")
    assert call("GET", "services?place=ZZ99").status_code == 200
    refused = call("GET", "referrals/agencies")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert call.json("POST", "reports", [REPORT]).status_code == 403
    assert not Case.objects.exists()


def test_a_token_ends_on_its_day_when_it_is_ended_and_when_its_membership_ends(caller: Make, stage: Stage) -> None:
    call = caller("directory", days=2)
    with time_machine.travel(stage.at + timedelta(days=3), tick=False):
        assert call("GET", "services").status_code == 401
    assert call("GET", "services").status_code == 200
    Membership.objects.filter(user__username="ns-feed").update(ends=datetime.now(UTC))
    assert call("GET", "services").status_code == 401
    Membership.objects.filter(user__username="ns-feed").update(ends=None)
    circles.end_token(stage.actor("admin"), token=PartnerToken.objects.get().pk)
    assert call("GET", "services").status_code == 401


def test_whoever_made_a_token_or_whom_it_acts_as_cannot_agree_to_it(caller: Make, stage: Stage) -> None:
    caller("directory", agreed=False)
    token = PartnerToken.objects.get()
    for name in ("admin", "feed"):
        Membership.objects.filter(pk=stage.memberships[name].pk).update(roles=["agency_admin", "privacy_officer"])
        stage.memberships[name].refresh_from_db()
        with pytest.raises(RuleBroken):
            circles.agree_to_token(stage.actor(name), token=token.pk)
    assert PartnerToken.objects.get().agreed_at is None


def test_a_feed_opens_each_report_once_and_names_the_cure_of_each_row_it_rejects(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    rows = [REPORT, {**REPORT, "crime_reference": "44/2/26", "force": "atlantis"}, {"name": "x"}, 7, None]
    fed = call.json("POST", "reports", rows).json()
    assert (fed["made"], fed["before"], fed["rejected"]) == (1, 0, 4)
    assert fed["rows"][1]["words"] == "Choose the police force from the list."
    assert fed["rows"][2]["words"].startswith("crime_reference")
    again = call.json("POST", "reports", [{**REPORT, "crime_reference": "44 / 12345 / 26"}]).json()
    assert (again["made"], again["before"]) == (0, 1)
    assert Case.objects.count() == PoliceReport.objects.count() == 1
    assert CANARY.encode() not in bytes(Case.objects.get().summary.blob or b"")
    assert not Entry.objects.filter(content__icontains=CANARY).exists()


def test_a_feed_takes_what_changed_as_the_next_version_once_and_says_what(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    offered = {"offered": "yes", "offered_on": "2026-03-02", "offered_by": "police", "taken": "waiting"}

    def told(**more: object) -> tuple[str, list[str], str]:
        row = call.json("POST", "reports", [{**REPORT, **more}]).json()["rows"][0]
        return row["state"], row["changed"], row["words"]

    assert told() == ("made", [], "") and told() == ("before", [], "")
    assert told(stage="recorded_other") == ("changed", ["stage"], "")
    assert told(stage="recorded_stalking", **offered) == ("changed", ["stage", "offer"], "")
    for again in ({}, {"stage": "recorded_other"}, {"stage": "reported", "offered": "not_known"}, offered):
        assert told(**again) == ("before", [], ""), "an older file sent again, or a column left out, takes nothing back"
    assert told(stage="recorded_other", as_of="2026-03-09")[:2] == ("changed", ["stage"])
    assert told(stage="lost")[::2] == ("rejected", "Choose what became of the report from the list.")
    row = PoliceReport.objects.get()
    assert (row.stage, row.offered, row.taken, row.missing) == ("recorded_other", "yes", "waiting", True)
    feed = str(stage.memberships["feed"].pk)
    assert [(one.get("stage"), one["by"]) for one in row.told] == [
        (None, feed), ("recorded_other", feed), ("recorded_stalking", feed), ("recorded_other", feed),
    ]  # fmt: skip
    assert Entry.objects.filter(code="casework.report_told_again").count() == 3
    circles.end_token(stage.actor("admin"), token=PartnerToken.objects.get().pk)


def test_the_first_file_sent_again_late_takes_back_nothing_that_came_since(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    for stage_told, state in (
        ("recorded_other", "made"), ("recorded_stalking", "changed"), ("recorded_other", "before"),
    ):  # fmt: skip
        fed = call.json("POST", "reports", [{**REPORT, "stage": stage_told}]).json()
        assert fed["rows"][0]["state"] == state
    assert PoliceReport.objects.get().stage == "recorded_stalking"


def test_a_feed_comes_as_csv_too_and_bad_ones_are_refused_whole(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    table = (
        "crime_reference,force,reported_on,name\n44/9/26,hampshire,2026-03-01,Robin\n44/9/26,hampshire,2026-03-01,R\n"
    )
    fed = call("POST", "reports", data=table.encode(), content_type="text/csv").json()
    assert [row["state"] for row in fed["rows"]] == ["made", "before"]
    for body, kind in (
        (b"\xff\xfe\x00", "text/csv"),
        (b"{}", "application/json"),
        (b"[" * 100_000, "application/json"),
    ):
        refused = call("POST", "reports", data=body, content_type=kind)
        assert (refused.status_code, refused.json()["code"][:4]) == (422, "feed")
    assert call.json("POST", "reports", [REPORT] * 501).status_code == 422


def test_a_referral_goes_to_the_leads_of_one_agency_once_and_its_sender_learns_what_came_of_it(
    caller: Make, stage: Stage
) -> None:
    call, to = caller("referrals"), Agency.objects.get(name="Stillwater")
    assert call.json("POST", "referrals", referral(to)).status_code == 201
    assert call.json("POST", "referrals", referral(to, name="Somebody else")).status_code == 200
    came = ReferralIn.objects.get()
    assert came.circle.agency == to
    assert {row.membership.user.username for row in came.circle.standings.all()} == {"ruth"}
    (told,) = call("GET", "referrals?reference=REF-1&reference=other").json()
    assert (told["to"], told["state"], told["why"]) == ("Stillwater", "sent", "")
    assert call("DELETE", "referrals?reference=REF-1").status_code == 204
    assert call("DELETE", "referrals?reference=REF-1").status_code == 422
    assert call("DELETE", "referrals?reference=REF-2").status_code == 404
    assert call("GET", "referrals?reference=REF-1").json()[0]["state"] == "revoked"


def test_without_consent_a_referral_needs_a_basis_and_a_reason_and_nobody_elses_is_seen(
    caller: Make, stage: Stage
) -> None:
    call, to = caller("referrals"), Agency.objects.get(name="Stillwater")
    refused = call.json("POST", "referrals", referral(to, consent=False))
    assert (refused.status_code, refused.json()["words"]) == (422, "Choose on what basis it is shared.")
    assert call.json("POST", "referrals", referral(Agency.objects.get(name="Northshire"))).status_code == 422
    assert call.json("POST", "referrals", referral(to)).status_code == 201
    ReferralIn.objects.update(source=to)
    assert call("GET", "referrals?reference=REF-1").json() == []


def test_a_referral_made_to_an_agency_is_listed_accepted_and_rejected_as_on_its_pages(
    caller: Make, stage: Stage
) -> None:
    call, ruth = caller("referrals_in"), caller("referrals")
    force = Agency.objects.get(name="Northshire")
    case, asha = stage.case(), stage.actor("asha")
    for name in ("Robin", "Lee", "Kim"):
        actions.refer(asha, case, what=actions.Referring(
            kind="advocate", name=name, agency=force.pk, basis="police", why="There is danger now, so asked.",
            tells={"what": f"He waits outside, {CANARY}"}))  # fmt: skip
    stage.close()
    assert ruth("GET", "referrals/in").status_code == 403, "a key for sending answers nothing"
    first, second, third = sorted(call("GET", "referrals/in").json(), key=lambda one: one["name"])
    assert (first["name"], first["state"], first["source"], first["case"]) == ("Kim", "sent", "Stillwater", "")
    assert first["tells"][0]["words"].startswith("He waits outside")
    path = f"referrals/in/{first['id']}"
    opened = call.json("POST", f"{path}/accept", {"version": first["version"]})
    assert opened.status_code == 200 and Case.objects.filter(reference=opened.json()["case"]).exists()
    assert call.json("POST", f"{path}/accept", {"version": first["version"]}).status_code == 409
    again = call.json("POST", f"{path}/reject", {"why": "not_ours"})
    assert again.json()["words"] == "This referral is accepted and cannot be changed any more."
    odd = call.json("POST", f"referrals/in/{second['id']}/reject", {"why": "because"})
    assert (odd.status_code, odd.json()["words"]) == (422, "Choose why it was not taken on.")
    why = next(iter(REJECTED_WORDS))
    assert call.json("POST", f"referrals/in/{second['id']}/reject", {"why": why}).status_code == 204
    states = {one["name"] or one["why"]: (one["state"], one["case"]) for one in call("GET", "referrals/in").json()}
    assert states == {
        "Kim": ("accepted", opened.json()["case"]), REJECTED_WORDS[why]: ("rejected", ""), "Robin": ("sent", "")
    }  # fmt: skip
    hidden = ReferralIn.objects.get(pk=third["id"])
    hidden.circle.standings.all().delete()
    unknown = call.json("POST", "referrals/in/01900000-0000-7000-8000-000000000000/accept", {})
    refused = call.json("POST", f"referrals/in/{third['id']}/accept", {})
    assert (refused.status_code, refused.content) == (404, unknown.content)


def test_a_file_is_kept_once_in_a_case_that_the_token_may_know_of_and_in_no_other(caller: Make, stage: Stage) -> None:
    call = caller("reports", "files")
    mine = call.json("POST", "reports", [REPORT]).json()["rows"][0]["case"]
    sent = call("PUT", f"cases/{mine}/files", data=b"words", content_type="application/octet-stream")
    again = call("PUT", f"cases/{mine}/files", data=b"words", content_type="application/octet-stream")
    assert (sent.status_code, again.status_code, again.json()["before"]) == (201, 200, True)
    other = stage.case().key
    stage.close()
    unknown = call("PUT", "cases/AAAA-AAAA/files", data=b"x", content_type="application/octet-stream")
    hidden = call("PUT", f"cases/{other}/files", data=b"x", content_type="application/octet-stream")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    empty = call("PUT", f"cases/{mine}/files", data=b"", content_type="application/octet-stream")
    assert (empty.status_code, empty.json()["code"]) == (422, "file_empty")


def test_everything_a_system_did_stands_in_the_trail_under_its_name(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    call.json("POST", "reports", [REPORT])
    codes = set(Entry.objects.filter(membership=stage.memberships["feed"].pk).values_list("code", flat=True))
    assert {"casework.opened", "casework.reported"} <= codes


def test_every_scope_names_permissions_that_there_are() -> None:
    named = {code for scope in SCOPES.values() for code in scope.permissions}
    assert named <= set(REGISTRY)


def test_a_row_that_is_not_taken_in_is_kept_once_for_the_leads_until_it_comes_in_whole(
    caller: Make, stage: Stage, sign_in: SignIn
) -> None:
    call = caller("reports")
    bad = {**REPORT, "force": "atlantis", "home_address": f"Kept nowhere {CANARY}-home"}
    assert [call.json("POST", "reports", [bad]).json()["rejected"] for _ in range(2)] == [1, 1]
    kept = RejectedReport.objects.get()
    assert (kept.state, kept.times, kept.number) == ("waiting", 2, 1) and "feed (Records)" in kept.sender
    assert CANARY.encode() not in b"".join(bytes(getattr(kept, name).blob) for name in ("told", "why"))
    stage.at = datetime.now(UTC)
    seen = casework.rejected_reports(stage.actor("feed"))
    assert [(one.why, dict(one.told)["name"]) for one in seen] == [
        ("Choose the police force from the list.", REPORT["name"])
    ]
    assert "home_address" not in dict(seen[0].told), "of a column that was not asked for nothing is kept"
    assert [one.kind for one in parts.due(stage.actor("feed"), [stage.memberships["feed"].pk], NEVER, 9)] == [
        "casework.reject"
    ]
    assert casework.rejected_reports(stage.actor("priya")) == seen, "who leads in the force reads it too"
    assert casework.rejected_reports(stage.actor("asha")) == (), "another agency reads nothing"
    with pytest.raises(NotFound):
        actions.put_away_rejected(stage.actor("asha"), Ref(kept.pk), why="It is not mine")
    stage.close()
    assert REPORT["name"] in sign_in("priya").get("/reports/not-taken/").content.decode()
    assert REPORT["name"] not in sign_in("asha").get("/reports/not-taken/").content.decode()
    assert re.search(r"Every row is seen by: [^.]*Priya", sign_in("priya").get("/reports/not-taken/").content.decode())
    admin = stage.memberships["moira"]
    admin.agency_id, admin.roles = stage.memberships["priya"].agency_id, [Role.AGENCY_ADMIN.value]
    admin.save()
    keys = sign_in("moira").get("/agency/keys/").content.decode()
    assert re.search(r"not taken in is seen by: [^.]*Priya", keys) and "/reports/not-taken/" not in keys, "whom to ask"
    call.json("POST", "reports", [{**bad, "force": "hampshire", "stage": "lost"}])
    assert RejectedReport.objects.get().times == 3, "under the same reference it waits as it came last"
    assert call.json("POST", "reports", [REPORT]).json()["made"] == 1
    kept.refresh_from_db()
    assert (kept.state, kept.ended_by) == ("taken", "feed (Records)")
    stage.at = datetime.now(UTC)
    assert casework.rejected_reports(stage.actor("feed"))[0].told == ()
    waits = parts.due(stage.actor("feed"), [stage.memberships["feed"].pk], NEVER, 9)
    assert "casework.reject" not in [one.kind for one in waits]


def test_a_row_put_away_stays_away_until_it_comes_otherwise(caller: Make, stage: Stage) -> None:
    call = caller("reports")
    call.json("POST", "reports", [7, {**REPORT, "force": "atlantis"}])
    stage.at = datetime.now(UTC)
    nameless, named = casework.rejected_reports(stage.actor("feed"))
    for why, state in (("", "waiting"), ("Told the force by telephone", "away")):
        with contextlib.suppress(RuleBroken):
            actions.put_away_rejected(stage.actor("feed"), Ref(named.id), why=why)
        assert RejectedReport.objects.get(pk=named.id).state == state
    stage.close()
    call.json("POST", "reports", [7, {**REPORT, "force": "atlantis"}])
    assert RejectedReport.objects.count() == 2
    assert RejectedReport.objects.get(pk=named.id).state == "away"
    assert RejectedReport.objects.get(pk=nameless.id).times == 2
    call.json("POST", "reports", [{**REPORT, "force": "mars"}])
    assert RejectedReport.objects.get(pk=named.id).state == "waiting"
