"""Directory as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "joindots.directory"
    label = "directory"
