"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import URLPattern, path

from joindots.web.work import agreed_views as agreed
from joindots.web.work import case_views as cases
from joindots.web.work import handing_views as handing
from joindots.web.work import person_views as persons
from joindots.web.work import referral_views as referrals
from joindots.web.work import report_views as reports
from joindots.web.work import support_urls
from joindots.web.work import taking_views as taking

urlpatterns: list[URLPattern] = [
    *support_urls.urlpatterns,
    path("cases/<str:reference>/casework/", cases.case_work, name="case_work"),
    path("cases/<str:reference>/change/", cases.change, name="case_change"),
    path("cases/<str:reference>/people/new/", cases.somebody, name="case_somebody"),
    path("cases/<str:reference>/people/<uuid:person>/", persons.person, name="case_person"),
    path("cases/<str:reference>/casework/allocate/", taking.allocate, name="case_allocate"),
    path("cases/<str:reference>/casework/contact/", taking.contact, name="case_contact"),
    path("cases/<str:reference>/casework/agreed/", agreed.agreed, name="case_agreed"),
    path("cases/<str:reference>/casework/share/", agreed.share, name="case_share"),
    path("cases/<str:reference>/casework/referrals/", referrals.referrals, name="case_referrals"),
    path("cases/<str:reference>/casework/referrals/letter/", referrals.letter, name="case_referral_letter"),
    path("cases/<str:reference>/casework/refer/", referrals.refer, name="case_refer"),
    path("cases/<str:reference>/casework/reports/", reports.reports, name="case_reports"),
    path("cases/<str:reference>/casework/reports/told/", reports.told, name="case_report_told"),
    path("allocation/", taking.queue, name="queue"),
    path("allocation/workers/", taking.workers, name="workers"),
    path("referrals/", referrals.referrals_in, name="referrals_in"),
    path("referrals/<uuid:referral>/", referrals.referral_in, name="referral_in"),
    path("handovers/", handing.handovers, name="handovers"),
    path("handovers/new/", handing.hand_over, name="hand_over"),
    path("reports/not-taken/", reports.rejected, name="reports_rejected"),
    path("signposting/", reports.signposting, name="signposting"),
]
