"""Addresses of the pages of support: plan, tasks, agencies, rights, court, letters, therapy, answers, costs."""

from django.urls import path

from joindots.web.work import letter_views as letters
from joindots.web.work import plan_views as plans
from joindots.web.work import press_views as pressing
from joindots.web.work import recovery_views as recovery
from joindots.web.work import rights_views as rights
from joindots.web.work import room_views as rooms
from joindots.web.work import task_views as tasks

urlpatterns = [
    path("cases/<str:reference>/support/", plans.support_pages, name="support"),
    path("cases/<str:reference>/plan/", plans.plan, name="plan"),
    path("cases/<str:reference>/plan/notes/", plans.notes, name="plan_notes"),
    path("cases/<str:reference>/plan/notes.pdf", plans.notes_as_pdf, name="plan_pdf"),
    path("cases/<str:reference>/tasks/", tasks.tasks, name="tasks"),
    path("cases/<str:reference>/agencies/", tasks.agencies_asked, name="agencies_asked"),
    path("cases/<str:reference>/agencies/press/", pressing.press, name="press"),
    path("cases/<str:reference>/rights/", rights.rights_page, name="rights"),
    path("cases/<str:reference>/court/", rights.court_page, name="court"),
    path("cases/<str:reference>/court/notes/", rights.court_notes, name="court_notes"),
    path("cases/<str:reference>/letters/", letters.letters, name="letters"),
    path("cases/<str:reference>/letters/new/", letters.new_letter, name="new_letter"),
    path("cases/<str:reference>/letters/letter/", letters.letter, name="letter"),
    path("cases/<str:reference>/therapy/", recovery.therapy_page, name="therapy"),
    path("cases/<str:reference>/how-it-is/", recovery.coping, name="coping"),
    path("cases/<str:reference>/costs/", recovery.costs, name="costs"),
    path("cases/<str:reference>/costs/costs.csv", recovery.costs_as_csv, name="costs_csv"),
    path("cases/<str:reference>/costs/costs.pdf", recovery.costs_as_pdf, name="costs_pdf"),
    path("therapy/", rooms.rooms, name="rooms"),
    path("therapy/<str:room>/", rooms.room, name="room"),
]
