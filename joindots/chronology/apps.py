"""The chronology as a Django app."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "joindots.chronology"
    label = "chronology"
