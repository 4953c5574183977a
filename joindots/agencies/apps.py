"""Agencies as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "joindots.agencies"
    label = "agencies"
