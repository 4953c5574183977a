"""Addresses of the pages, by the area of the service that each belongs to."""

from django.urls import include, path

app_name = "web"
AREAS = ("desk", "agency", "cases", "evidence", "log", "chronology", "disclosure")
urlpatterns = [path("", include(f"joindots.web.{area}.urls")) for area in AREAS]
