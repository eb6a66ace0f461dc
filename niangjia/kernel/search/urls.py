"""Addresses of the box."""

from django.urls import path

from niangjia.kernel.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="search_suggestions"),
]
