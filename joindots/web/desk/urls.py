"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.desk import later_views, search_views, settings_views, team_views, views
from joindots.web.desk import reference_views as reference

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/order/", settings_views.order, name="desk_order"),
    path("today/later/<str:mark>/", later_views.later, name="later"),
    path("today/put-off/<uuid:row>/", later_views.take_up, name="take_up"),
    path("keys/", settings_views.keys, name="keys"),
    path("team/", team_views.team, name="team"),
    path("team/supervision/<uuid:who>/", team_views.supervision, name="supervision"),
    path("supervision/", team_views.my_supervision, name="my_supervision"),
    path("find/", search_views.search, name="find"),
    path("reference/", reference.index, name="reference"),
    path("reference/<slug:name>/", reference.table, name="reference_table"),
    path("health/", views.health, name="health"),
]
