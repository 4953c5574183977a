"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.evidence import cyber_views as cyber
from joindots.web.evidence import evidence_views as evidence
from joindots.web.evidence import exhibit_views as exhibits
from joindots.web.evidence import picture_views as pictures
from joindots.web.evidence import upload_views

urlpatterns = [
    path("cases/<str:reference>/files/", evidence.files, name="files"),
    path("cases/<str:reference>/files/bring-in/", evidence.bring_in, name="bring_in"),
    path("cases/<str:reference>/files/sending/", upload_views.begin, name="begin_sending"),
    path("sending/<uuid:sending>/", upload_views.piece, name="send_piece"),
    path("cases/<str:reference>/exhibits/", exhibits.exhibits, name="exhibits"),
    path("cases/<str:reference>/online/", cyber.online, name="online"),
    path("cases/<str:reference>/online/capture/", cyber.capture, name="capture"),
    path("cases/<str:reference>/online/capture/<uuid:capture>/", cyber.withdraw_capture, name="withdraw_capture"),
    path("cases/<str:reference>/online/look/<slug:code>/", cyber.check, name="check"),
    path("log/<str:entry>/found/", cyber.changed, name="found_changed"),
    path("cases/<str:reference>/packs/", evidence.packs, name="packs"),
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
