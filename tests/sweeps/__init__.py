"""Sweeps: every route and every query, for every kind of reader."""
