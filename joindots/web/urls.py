"""Addresses of the pages, by the area of the service that each belongs to."""

from django.urls import include, path

app_name = "web"
AREAS = (
    "desk", "agency", "helpline", "directory", "privacy", "cases", "contact", "risk", "orders", "justice", "work",
    "evidence", "log", "chronology", "disclosure",
)  # fmt: skip
urlpatterns = [path("", include(f"joindots.web.{area}.urls")) for area in AREAS]
