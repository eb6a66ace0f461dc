"""Addresses of the clinic."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.members.clinic import views
from niangjia.registers.members.clinic.listing import REPAIRS

urlpatterns = [
    path("members/clinic/", list_page(REPAIRS), name="repairs"),
    path("members/clinic/checks/", views.checks, name="clinic"),
    path("members/clinic/<int:finding_id>/", views.repair, name="repair"),
]
