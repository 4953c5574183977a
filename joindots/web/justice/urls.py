"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
