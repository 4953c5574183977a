"""Transfer as a Django app."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "joindots.transfer"
    label = "transfer"
