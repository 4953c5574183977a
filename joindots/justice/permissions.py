"""Permissions about justice."""
