"""Addresses of the cover rate."""

from django.urls import path

from niangjia.registers.employers.cover import views

urlpatterns = [
    path("employers/cover/", views.cover, name="employers_cover"),
    path("employers/cover/table.csv", views.table, name="employers_cover_table"),
]
