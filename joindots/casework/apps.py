"""Casework as a Django app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "joindots.casework"
    label = "casework"
