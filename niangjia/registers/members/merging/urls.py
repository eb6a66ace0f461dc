"""Addresses of merging: the work list, two records side by side, the case of a merge, her own side."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.kernel.listing.views import list_page
from niangjia.registers.members.merging import views
from niangjia.registers.members.merging.cases_listing import MERGES
from niangjia.registers.members.merging.kind import LINE
from niangjia.registers.members.merging.listing import PAIRS

urlpatterns = [
    path("desk/same-person/", list_page(PAIRS), name="same_person"),
    path("desk/same-person/search/", views.search, name="pair_search"),
    path("desk/same-person/<int:pair_id>/", views.pair, name="pair"),
    path("mine/merges/<int:merge_id>/", views.own_merge, name="own_merge"),
    *urls_of(LINE, listing=MERGES),
]
