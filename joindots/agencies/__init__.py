"""Organisations, teams, users and sign-in; the only maker of an Actor."""
