"""Justice as a Django app."""

from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "joindots.justice"
    label = "justice"
