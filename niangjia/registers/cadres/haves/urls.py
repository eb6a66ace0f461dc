"""Addresses of the four haves: the list, and one union's."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.cadres.haves import views
from niangjia.registers.cadres.haves.listing import FOUR_HAVES

urlpatterns = [
    path("desk/haves/", list_page(FOUR_HAVES), name="four_haves"),
    path("unions/<slug:code>/haves/", views.haves, name="union_haves"),
]
