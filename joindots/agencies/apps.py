"""Agencies as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "joindots.agencies"
    label = "agencies"

    def ready(self) -> None:
        """Hear of second factors that are set up."""
        from allauth.mfa.signals import authenticator_added

        from joindots.agencies.second import first_factor_given

        authenticator_added.connect(first_factor_given, dispatch_uid="agencies.first_factor_given")
