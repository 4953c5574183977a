"""Where the API's areas are mounted."""

from django.urls import path

from joindots.api import files, referrals, referrals_in, reports, services
from joindots.api.service import api

for router in (services.router, referrals.router, referrals_in.router, reports.router, files.router):
    api.add_router("", router)
urlpatterns = [path("", api.urls)]
