"""Addresses of these pages. References in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.privacy import register_views as register

urlpatterns = [
    path("privacy/", register.requests, name="privacy"),
    path("privacy/add/", register.add, name="privacy_add"),
    path("privacy/<str:asked>/", register.one, name="privacy_request"),
    path("privacy/<str:asked>/letter/", register.letter, name="privacy_letter"),
]
