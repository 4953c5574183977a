"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import URLPattern

from joindots.web.work import support_urls

urlpatterns: list[URLPattern] = [*support_urls.urlpatterns]
