"""Addresses of the whole service."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("joindots.agencies.urls")),
    path("api/", include("joindots.api.urls")),
    path("", include("joindots.web.urls")),
]
handler400 = "joindots.web.errors.not_understood"
handler404 = "joindots.web.errors.nothing_here"
handler500 = "joindots.web.errors.our_fault"
