"""The trail as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "joindots.audit"
    label = "audit"
