"""Evidence as a Django app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "joindots.evidence"
    label = "evidence"
