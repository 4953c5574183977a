"""Helpline as a Django app."""

from django.apps import AppConfig


class HelplineConfig(AppConfig):
    name = "joindots.helpline"
    label = "helpline"
