"""Circles as a Django app."""

from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "joindots.circles"
    label = "circles"
