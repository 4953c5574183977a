"""Addresses of the whole service."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("joindots.agencies.urls")),
    path("", include("joindots.web.urls")),
]
handler400 = "joindots.web.views.not_understood"
handler404 = "joindots.web.views.nothing_here"
handler500 = "joindots.web.views.our_fault"
