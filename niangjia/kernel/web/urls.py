"""Pages that belong to no line of work."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
