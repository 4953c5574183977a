"""Journeys: a person's whole way through the pages, in a real browser."""
