"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.cases import custody_views as custody
from joindots.web.cases import knowing_views as knowing
from joindots.web.cases import views
from joindots.web.work import case_views as work

urlpatterns = [
    path("emergency/", knowing.emergency, name="emergency"),
    path("alerts/", knowing.alerts, name="alerts"),
    path("alerts/<uuid:opening>/", knowing.review, name="review"),
    path("cases/", views.cases, name="cases"),
    path("cases/new/", views.open_case, name="open_case"),
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/close/", work.close, name="close_case"),
    path("cases/<str:reference>/who/", views.who, name="who"),
    path("cases/<str:reference>/who/change/", knowing.change, name="who_change"),
    path("cases/<str:reference>/erase/", knowing.erase, name="erase"),
    path("cases/<str:reference>/custody/", views.custody, name="custody"),
    path("cases/<str:reference>/custody/statement/", custody.statement, name="statement"),
    path("cases/<str:reference>/custody/statement.pdf", custody.statement_as_pdf, name="statement_pdf"),
    path("cases/<str:reference>/custody/statement.csv", custody.statement_as_csv, name="statement_csv"),
]
