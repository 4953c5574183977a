"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.helpline import after_views as after
from joindots.web.helpline import call_views as call
from joindots.web.helpline import desk_views as desk
from joindots.web.helpline import public_views as public
from joindots.web.helpline import risk_views as risk
from joindots.web.helpline import shift_views as shift

urlpatterns = [
    path("", public.front, name="front"),
    path("questions/", public.questions, name="questions"),
    path("questions/your-answer/", public.answer, name="questions_answer"),
    path("write-to-us/", public.write, name="write_to_us"),
    path("helpline/", desk.desk, name="helpline"),
    path("helpline/open/", desk.open_call, name="helpline_open"),
    path("helpline/enter/", desk.enter, name="helpline_enter"),
    path("helpline/take/", desk.take, name="helpline_take"),
    path("helpline/listen/", desk.listen, name="helpline_listen"),
    path("helpline/break/", desk.end_break, name="helpline_break"),
    path("helpline/next-shift/", desk.hand_over, name="helpline_hand_over"),
    path("helpline/contacts/", desk.contacts, name="helpline_contacts"),
    path("helpline/contacts/<str:contact>/", after.contact, name="helpline_contact"),
    path("helpline/contacts/<str:contact>/live/", call.live, name="helpline_live"),
    path("helpline/contacts/<str:contact>/live/parts/", call.parts, name="helpline_parts"),
    path("helpline/contacts/<str:contact>/live/line/", call.line, name="helpline_line"),
    path("helpline/contacts/<str:contact>/live/said/", call.said, name="helpline_said"),
    path("helpline/contacts/<str:contact>/live/draft/", call.draft, name="helpline_draft"),
    path("helpline/contacts/<str:contact>/live/invite/", call.invite, name="helpline_invite"),
    path("helpline/contacts/<str:contact>/end/", call.end, name="helpline_end"),
    path("helpline/contacts/<str:contact>/wrap-up/", call.wrap_up, name="helpline_wrap"),
    path("helpline/contacts/<str:contact>/go-on/", after.go_on, name="helpline_go_on"),
    path("helpline/contacts/<str:contact>/take-over/", after.take, name="helpline_take_contact"),
    path("helpline/contacts/<str:contact>/fields/", after.fields, name="helpline_fields"),
    path("helpline/contacts/<str:contact>/earlier/", after.earlier, name="helpline_earlier"),
    path("helpline/contacts/<str:contact>/earlier/end/", after.unlink, name="helpline_unlink"),
    path("helpline/contacts/<str:contact>/services/", after.services, name="helpline_services"),
    path("helpline/contacts/<str:contact>/risk/", risk.ask, name="helpline_risk"),
    path("helpline/contacts/<str:contact>/case/", after.open_case, name="helpline_case"),
    path("helpline/contacts/<str:contact>/keep-out/", after.keep_out, name="helpline_keep_out"),
    path("helpline/contacts/<str:contact>/promise/", after.promise, name="helpline_promise"),
    path("helpline/call-backs/<uuid:call>/take/", after.take_over, name="helpline_take_over"),
    path("helpline/contacts/<str:contact>/call-backs/<uuid:call>/", after.attempt, name="helpline_attempt"),
    path("helpline/contacts/<str:contact>/offers/<uuid:offer>/", after.answer_offer, name="helpline_answer"),
    path("helpline/shift/", shift.shift, name="helpline_shift"),
    path("helpline/shift/hours/", shift.hours, name="helpline_hours"),
    path("helpline/shift/rota/", shift.rota, name="helpline_rota"),
    path("helpline/shift/rota/<uuid:turn>/off/", shift.off_rota, name="helpline_off_rota"),
    path("helpline/shift/number/", shift.number, name="helpline_number"),
    path("helpline/shift/web/", shift.web, name="helpline_web"),
    path("helpline/shift/not-answered/", shift.not_answered, name="helpline_not_answered"),
    path("helpline/shift/not-answered/file/", shift.not_answered_file, name="helpline_not_answered_file"),
    path("helpline/team/", shift.team, name="helpline_team"),
    path("helpline/team/<uuid:who>/goodbye/", shift.goodbye, name="helpline_goodbye"),
]
