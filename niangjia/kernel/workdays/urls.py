"""Addresses of the calendar."""

from django.urls import path

from niangjia.kernel.workdays import views

urlpatterns = [
    path("calendar/", views.today, name="calendar"),
    path("calendar/new/", views.new, name="calendar_new"),
    path("calendar/<int:year>/", views.show, name="calendar_year"),
]
