"""Addresses of these pages. References in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.privacy import asked_views as asked
from joindots.web.privacy import breach_views as breach
from joindots.web.privacy import copy_views as copying
from joindots.web.privacy import kept_views as kept
from joindots.web.privacy import paper_views as papers
from joindots.web.privacy import register_views as register

urlpatterns = [
    path("privacy/", register.requests, name="privacy"),
    path("privacy/add/", register.add, name="privacy_add"),
    path("privacy/kept/", kept.due, name="kept"),
    path("privacy/kept/<uuid:circle>/", kept.record, name="kept_record"),
    path("privacy/certificates/", kept.certificates, name="certificates"),
    path("privacy/certificates/<str:certificate>/", kept.certificate, name="certificate"),
    path("privacy/held/<uuid:circle>/", copying.held, name="held_about"),
    path("privacy/copies/<uuid:copy>/", copying.copy, name="copy"),
    path("privacy/copies/<uuid:copy>/records/", copying.records, name="copy_records"),
    path("privacy/copies/<uuid:copy>/fetch/", copying.fetch, name="copy_fetch"),
    path("privacy/breach/", breach.breaches, name="breaches"),
    path("privacy/breach/<str:breach>/", breach.breach, name="breach"),
    path("privacy/papers/", papers.papers, name="papers"),
    path("cases/<str:reference>/asked/", asked.asked, name="case_asked"),
    path("privacy/<str:asked>/", register.one, name="privacy_request"),
    path("privacy/<str:asked>/letter/", register.letter, name="privacy_letter"),
]
