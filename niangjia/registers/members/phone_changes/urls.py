"""Addresses of phone proposals: the desk's list, and the one page on which she answers."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.members.phone_changes import views
from niangjia.registers.members.phone_changes.listing import PHONES

urlpatterns = [
    path("members/phones/", list_page(PHONES), name="phones"),
    path("members/phones/<int:proposal_id>/", views.proposal, name="phone_change"),
    path("mine/phone/", views.mine, name="my_phone"),
]
