"""Risk as a Django app."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "joindots.risk"
    label = "risk"
