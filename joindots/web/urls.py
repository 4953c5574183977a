"""Addresses of the pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web import agency_views as agency
from joindots.web import chronology_views as chronology
from joindots.web import custody_views as custody
from joindots.web import cyber_views as cyber
from joindots.web import disclosure_views as disclosures
from joindots.web import evidence_views as evidence
from joindots.web import exhibit_views as exhibits
from joindots.web import gaps_views as gaps
from joindots.web import grouping_views as grouping
from joindots.web import incident_views as incidents
from joindots.web import knowing_views as knowing
from joindots.web import link_views as links
from joindots.web import patterns_views as patterns
from joindots.web import person_views as person
from joindots.web import picture_views as pictures
from joindots.web import protecting_views as protecting
from joindots.web import reference_views as reference
from joindots.web import release_views as releases
from joindots.web import staff_views as staff
from joindots.web import timeline_views as timeline
from joindots.web import upload_views, views
from joindots.web import who_is_who_views as who_is_who

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<uuid:membership>/", staff.act, name="staff_act"),
    path("staff/decide/<uuid:act>/", staff.decide, name="staff_decide"),
    path("emergency/", knowing.emergency, name="emergency"),
    path("alerts/", knowing.alerts, name="alerts"),
    path("alerts/<uuid:opening>/", knowing.review, name="review"),
    path("reference/", reference.index, name="reference"),
    path("reference/<slug:name>/", reference.table, name="reference_table"),
    path("health/", views.health, name="health"),
    path("cases/", views.cases, name="cases"),
    path("cases/new/", views.open_case, name="open_case"),
    path("agency/cases-in/", agency.cases_in, name="cases_in"),
    path("agency/cases-in/<uuid:sheet>/", agency.case_sheet, name="case_sheet"),
    path("agency/cases-in/<uuid:sheet>/left-out/", agency.left_out, name="case_sheet_left_out"),
    path("agency/take-out/", agency.take_outs, name="take_outs"),
    path("agency/take-out/<uuid:taking>/", agency.taking, name="taking"),
    path("agency/take-out/<uuid:taking>/fetch/", agency.fetch, name="fetch"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/close/", views.close_case, name="close_case"),
    path("cases/<str:reference>/who/", views.who, name="who"),
    path("cases/<str:reference>/who/change/", knowing.change, name="who_change"),
    path("cases/<str:reference>/erase/", knowing.erase, name="erase"),
    path("cases/<str:reference>/custody/", views.custody, name="custody"),
    path("cases/<str:reference>/files/", evidence.files, name="files"),
    path("cases/<str:reference>/files/bring-in/", evidence.bring_in, name="bring_in"),
    path("cases/<str:reference>/files/sending/", upload_views.begin, name="begin_sending"),
    path("sending/<uuid:sending>/", upload_views.piece, name="send_piece"),
    path("cases/<str:reference>/timeline/", timeline.timeline, name="timeline"),
    path("cases/<str:reference>/timeline.csv", timeline.timeline_csv, name="timeline_csv"),
    path("cases/<str:reference>/without-record/", gaps.without_record, name="without_record"),
    path("without-record/<uuid:gap>/withdraw/", gaps.withdraw, name="withdraw_gap"),
    path("cases/<str:reference>/patterns/", patterns.patterns, name="patterns"),
    path("cases/<str:reference>/chronology/", chronology.chronology, name="chronology"),
    path("cases/<str:reference>/group/", grouping.group, name="group"),
    path("cases/<str:reference>/group/<uuid:step>/undo/", grouping.undo, name="undo_grouping"),
    path("cases/<str:reference>/episodes/", grouping.episodes, name="episodes"),
    path("episodes/<str:episode>/", grouping.episode, name="episode"),
    path("cases/<str:reference>/who-is-who/", who_is_who.who_is_who, name="who_is_who"),
    path("cases/<str:reference>/who-is-who/<uuid:belief>/withdraw/", who_is_who.withdraw, name="withdraw_belief"),
    path("cases/<str:reference>/exhibits/", exhibits.exhibits, name="exhibits"),
    path("cases/<str:reference>/search/", chronology.search, name="search"),
    path("cases/<str:reference>/log/add/", incidents.add, name="add_entry"),
    path("cases/<str:reference>/what-happened/", person.happening, name="happening"),
    path("cases/<str:reference>/online/", cyber.online, name="online"),
    path("cases/<str:reference>/online/capture/", cyber.capture, name="capture"),
    path("cases/<str:reference>/online/capture/<uuid:capture>/", cyber.withdraw_capture, name="withdraw_capture"),
    path("cases/<str:reference>/online/look/<slug:code>/", cyber.check, name="check"),
    path("log/<str:entry>/found/", cyber.changed, name="found_changed"),
    path("log/<str:entry>/", incidents.incident, name="incident"),
    path("log/<str:entry>/correct/", incidents.correct, name="correct_entry"),
    path("log/<str:entry>/pictures/", links.add_pictures, name="add_pictures"),
    path("log/<str:entry>/link/", links.choose, name="choose_links"),
    path("links/<uuid:link>/undo/", links.undo, name="undo_link"),
    path("log/<str:entry>/withdraw/", incidents.withdraw, name="withdraw_entry"),
    path("log/<str:entry>/bring-back/", incidents.bring_back, name="bring_back_entry"),
    path("cases/<str:reference>/packs/", evidence.packs, name="packs"),
    path("cases/<str:reference>/packs/disclosure/", disclosures.disclosures, name="disclosures"),
    path("cases/<str:reference>/never-leaves/", protecting.never_leaves, name="never_leaves"),
    path("cases/<str:reference>/never-leaves/keep-out/", protecting.keep_out, name="keep_out"),
    path("cases/<str:reference>/never-leaves/pictures/", protecting.pictures, name="pictures"),
    path("cases/<str:reference>/never-leaves/pictures/look/", protecting.look_over, name="look_over"),
    path("never-leaves/<uuid:word>/withdraw/", protecting.withdraw, name="withdraw_protected"),
    path("kept-out/<uuid:mark>/lift/", protecting.lift, name="lift_mark"),
    path("disclosures/<uuid:disclosure>/", disclosures.disclosure, name="disclosure"),
    path("disclosures/<uuid:disclosure>/fetch/", disclosures.fetch, name="fetch_disclosure"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<uuid:release>/", releases.release, name="release"),
    path("cases/<str:reference>/custody/statement/", custody.statement, name="statement"),
    path("cases/<str:reference>/custody/statement.pdf", custody.statement_as_pdf, name="statement_pdf"),
    path("cases/<str:reference>/custody/statement.csv", custody.statement_as_csv, name="statement_csv"),
    path("packs/<uuid:pack>/", evidence.pack, name="pack"),
    path("files/<int:source>/", evidence.file, name="file"),
    path("files/<int:source>/original/", evidence.original, name="original"),
    path("files/<int:source>/remove/", evidence.remove, name="remove"),
    path("exhibits/<uuid:exhibit>/", evidence.exhibit, name="exhibit"),
    path("exhibits/<uuid:exhibit>/about/", pictures.inside, name="inside"),
    path("exhibits/<uuid:exhibit>/take-out/", pictures.take_out, name="take_out"),
    path("exhibits/<uuid:exhibit>/picture/", pictures.picture_inside, name="picture_inside"),
    path("files/<int:source>/picture/", pictures.picture, name="picture"),
    path("files/<int:source>/picture/large/", pictures.large_picture, name="large_picture"),
    path("files/<int:source>/words/", pictures.words, name="words"),
    path("jobs/<uuid:job>/", evidence.job, name="job"),
    path("jobs/<uuid:job>/stop/", evidence.stop_job, name="stop_job"),
    path("jobs/<uuid:job>/resume/", evidence.resume_job, name="resume_job"),
]
