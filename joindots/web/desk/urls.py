"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.desk import reference_views as reference
from joindots.web.desk import search_views, team_views, views

urlpatterns = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
    path("team/", team_views.team, name="team"),
    path("find/", search_views.search, name="find"),
    path("reference/", reference.index, name="reference"),
    path("reference/<slug:name>/", reference.table, name="reference_table"),
    path("health/", views.health, name="health"),
]
