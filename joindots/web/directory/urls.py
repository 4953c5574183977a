"""Addresses of these pages: public facts, so a reference in them may lead anybody to what is open to everybody."""

from django.urls import path

from joindots.web.directory import edit_views as edit
from joindots.web.directory import file_views as file
from joindots.web.directory import open_views, search_views

urlpatterns = [
    path("find-help/", open_views.find_help, name="find_help"),
    path("services/", search_views.services, name="services"),
    path("services/add/", edit.add, name="service_add"),
    path("services/files/", file.files, name="service_files"),
    path("services/files/<uuid:arrival>/", file.arrival, name="service_file"),
    path("services/files/<uuid:arrival>/left-out.csv", file.left_out, name="service_file_left_out"),
    path("services/out/", file.out, name="services_out"),
    path("services/<str:service>/", search_views.service, name="service"),
    path("services/<str:service>/correct/", edit.correct, name="service_correct"),
]
