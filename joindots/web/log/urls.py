"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.log import incident_views as incidents
from joindots.web.log import link_views as links
from joindots.web.log import person_views as person

urlpatterns = [
    path("cases/<str:reference>/log/add/", incidents.add, name="add_entry"),
    path("cases/<str:reference>/what-happened/", person.happening, name="happening"),
    path("log/<str:entry>/", incidents.incident, name="incident"),
    path("log/<str:entry>/correct/", incidents.correct, name="correct_entry"),
    path("log/<str:entry>/pictures/", links.add_pictures, name="add_pictures"),
    path("log/<str:entry>/link/", links.choose, name="choose_links"),
    path("links/<uuid:link>/undo/", links.undo, name="undo_link"),
    path("log/<str:entry>/withdraw/", incidents.withdraw, name="withdraw_entry"),
    path("log/<str:entry>/for-statement/", incidents.mark, name="mark_entry"),
    path("log/<str:entry>/bring-back/", incidents.bring_back, name="bring_back_entry"),
]
