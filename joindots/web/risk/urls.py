"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.risk import asking_views as asking
from joindots.web.risk import case_views as cases
from joindots.web.risk import form_views as forms
from joindots.web.risk import judging_views as judging
from joindots.web.risk import prompt_views as prompts

urlpatterns = [
    path("cases/<str:reference>/risk/", cases.risk, name="risk"),
    path("cases/<str:reference>/risk/history.csv", cases.history_csv, name="risk_csv"),
    path("cases/<str:reference>/risk/look/", prompts.look, name="risk_look"),
    path("cases/<str:reference>/risk/ask/", asking.begin, name="risk_begin"),
    path("cases/<str:reference>/risk/result/", asking.result, name="risk_result"),
    path("cases/<str:reference>/risk/judge/", judging.judge, name="risk_judge"),
    path("cases/<str:reference>/risk/changed/", prompts.changed, name="risk_changed"),
    path("risk/asked/<uuid:assessment>/", asking.asked, name="risk_asked"),
    path("risk/asked/<uuid:assessment>/question/", asking.question, name="risk_question"),
    path("risk/asked/<uuid:assessment>/move/", asking.move, name="risk_move"),
    path("risk/judgements/<uuid:judgement>/", judging.judgement, name="risk_judgement"),
    path("risk/judgements/<uuid:judgement>/correct/", judging.correct, name="risk_correct"),
    path("risk/judgements/<uuid:judgement>/withdraw/", judging.withdraw, name="risk_withdraw"),
    path("risk/judgements/<uuid:judgement>/since/", judging.since, name="risk_since"),
    path("risk/prompts/<uuid:prompt>/", prompts.prompt, name="risk_prompt"),
    path("risk/changes/<uuid:change>/withdraw/", prompts.withdraw_change, name="risk_change_withdraw"),
    path("risk/forms/", forms.forms, name="risk_forms"),
    path("risk/forms/<uuid:form>/end/", forms.end, name="risk_form_end"),
]
