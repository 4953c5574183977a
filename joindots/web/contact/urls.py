"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.contact import caller_views as caller
from joindots.web.contact import card_views as card
from joindots.web.contact import feed_views as feed
from joindots.web.contact import notice_views as notices

urlpatterns = [
    path("cases/<str:reference>/contact/", notices.contact, name="contact"),
    path("cases/<str:reference>/contact/left/<uuid:notice>/", notices.left, name="notice"),
    path("cases/<str:reference>/contact/<uuid:person>/", card.card, name="card"),
    path("cases/<str:reference>/contact/<uuid:person>/change/", card.change, name="card_change"),
    path("cases/<str:reference>/contact/<uuid:person>/prove/<uuid:way>/", card.prove, name="prove"),
    path("cases/<str:reference>/contact/<uuid:person>/code/", caller.code, name="code_word"),
    path("cases/<str:reference>/contact/<uuid:person>/caller/", caller.caller, name="caller"),
    path("cases/<str:reference>/contact/<uuid:person>/write/", notices.write, name="write_to"),
    path("contact/<uuid:circle>/left/<uuid:notice>/", notices.of_circle, name="notice_of_circle"),
    path("contact/<uuid:circle>/<uuid:person>/", notices.of_circle, name="card_of_circle"),
    path("contact/<uuid:circle>/<uuid:person>/caller/", notices.of_circle, {"to": "caller"}, name="caller_of_circle"),
    path("calendar/", feed.own, name="own_calendar"),
    path("calendar/<str:token>.ics", feed.feed, name="calendar_feed"),
]
