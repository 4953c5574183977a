"""Agencies as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "joindots.agencies"
    label = "agencies"

    def ready(self) -> None:
        """Hear of second factors that are set up, and of passwords that are changed."""
        from allauth.account.signals import password_changed
        from allauth.mfa.signals import authenticator_added

        from joindots.agencies import second

        authenticator_added.connect(second.first_factor_given, dispatch_uid="agencies.first_factor_given")
        password_changed.connect(second.password_changed, dispatch_uid="agencies.password_changed")
