"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import URLPattern, path

from joindots.web.justice import both_views as both
from joindots.web.justice import counted_views as counted
from joindots.web.justice import crime_views as crime
from joindots.web.justice import device_views as device
from joindots.web.justice import file_views as case_file
from joindots.web.justice import points_views as points
from joindots.web.justice import primary_views as primary
from joindots.web.justice import proceedings_views as proceedings
from joindots.web.justice import record_views as put
from joindots.web.justice import right_to_know_views as knowing
from joindots.web.justice import told_views as told

urlpatterns: list[URLPattern] = [
    path("cases/<str:reference>/justice/", crime.crimes, name="crimes"),
    path("crimes/<uuid:crime>/", crime.crime, name="crime"),
    path("crimes/<uuid:crime>/record/<str:happened>/", crime.record, name="crime_record"),
    path("crimes/<uuid:crime>/strike/", crime.strike, name="crime_strike"),
    path("crimes/<uuid:crime>/file/", case_file.case_file, name="crime_file"),
    path("crimes/<uuid:crime>/file/<str:file_form>/", case_file.form, name="crime_file_form"),
    path("crimes/<uuid:crime>/devices/", device.devices, name="crime_devices"),
    path("crimes/<uuid:crime>/points/", points.points, name="crime_points"),
    path("cases/<str:reference>/keep-told/", told.keep_told, name="keep_told"),
    path("cases/<str:reference>/primary-victim/", primary.primary_victim, name="primary_victim"),
    path("cases/<str:reference>/primary-victim/reasons/", primary.reasons, name="primary_reasons"),
    path("cases/<str:reference>/on-record/", put.on_record, name="on_record"),
    path("cases/<str:reference>/both-ways/", both.both_ways, name="both_ways"),
    path("cases/<str:reference>/proceedings/", proceedings.proceedings, name="proceedings"),
    path("cases/<str:reference>/right-to-know/", knowing.right_to_know, name="right_to_know"),
    path("on-record/counted/", counted.puts_counted, name="puts_counted"),
    path("second-person/", primary.seconds_asked, name="seconds_asked"),
]
