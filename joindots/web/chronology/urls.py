"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.chronology import act_views as act
from joindots.web.chronology import chronology_views as chronology
from joindots.web.chronology import gaps_views as gaps
from joindots.web.chronology import grouping_views as grouping
from joindots.web.chronology import patterns_views as patterns
from joindots.web.chronology import sheet_views as sheet
from joindots.web.chronology import timeline_views as timeline
from joindots.web.chronology import who_is_who_views as who_is_who

urlpatterns = [
    path("cases/<str:reference>/timeline/", timeline.timeline, name="timeline"),
    path("cases/<str:reference>/timeline.csv", timeline.timeline_csv, name="timeline_csv"),
    path("cases/<str:reference>/timeline.pdf", sheet.timeline_as_pdf, name="timeline_pdf"),
    path("cases/<str:reference>/without-record/", gaps.without_record, name="without_record"),
    path("without-record/<uuid:gap>/withdraw/", gaps.withdraw, name="withdraw_gap"),
    path("cases/<str:reference>/patterns/", patterns.patterns, name="patterns"),
    path("cases/<str:reference>/chronology/", chronology.chronology, name="chronology"),
    path("cases/<str:reference>/act/", act.act, name="act"),
    path("cases/<str:reference>/group/", grouping.group, name="group"),
    path("cases/<str:reference>/group/<uuid:step>/undo/", grouping.undo, name="undo_grouping"),
    path("cases/<str:reference>/episodes/", grouping.episodes, name="episodes"),
    path("episodes/<str:episode>/", grouping.episode, name="episode"),
    path("cases/<str:reference>/who-is-who/", who_is_who.who_is_who, name="who_is_who"),
    path("cases/<str:reference>/who-is-who/<uuid:belief>/withdraw/", who_is_who.withdraw, name="withdraw_belief"),
    path("cases/<str:reference>/search/", chronology.search, name="search"),
]
