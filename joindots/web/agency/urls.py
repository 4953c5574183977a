"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.agency import agency_views as agency
from joindots.web.agency import staff_views as staff
from joindots.web.agency import token_views

urlpatterns = [
    path("staff/", staff.staff, name="staff"),
    path("staff/<uuid:membership>/", staff.act, name="staff_act"),
    path("staff/<uuid:membership>/leaving/", staff.leaving, name="staff_leaving"),
    path("staff/decide/<uuid:act>/", staff.decide, name="staff_decide"),
    path("agency/keys/", token_views.tokens, name="tokens"),
    path("agency/keys/<uuid:token>/", token_views.act, name="token_act"),
    path("agency/cases-in/", agency.cases_in, name="cases_in"),
    path("agency/cases-in/<uuid:sheet>/", agency.case_sheet, name="case_sheet"),
    path("agency/cases-in/<uuid:sheet>/left-out/", agency.left_out, name="case_sheet_left_out"),
    path("agency/take-out/", agency.take_outs, name="take_outs"),
    path("agency/take-out/<uuid:taking>/", agency.taking, name="taking"),
    path("agency/take-out/<uuid:taking>/fetch/", agency.fetch, name="fetch"),
]
