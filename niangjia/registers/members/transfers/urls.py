"""Addresses of transfers."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.members.transfers import own_views, views
from niangjia.registers.members.transfers.listing import TRANSFERS

urlpatterns = [
    path("members/transfers/", list_page(TRANSFERS), name="transfers"),
    path("members/transfers/<int:transfer_id>/", views.transfer, name="transfer"),
    path("mine/transfers/<int:transfer_id>/", own_views.mine, name="my_transfer"),
]
