"""Faults: processes killed at any moment."""
