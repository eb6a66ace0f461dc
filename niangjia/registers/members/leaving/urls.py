"""Addresses of leaves, proposed exits, and what becomes of a membership."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.members.leaving import own_views, views
from niangjia.registers.members.leaving.kind import EXIT_LINE, LEAVING_LINE
from niangjia.registers.members.leaving.listing import EXITS, LEAVES

urlpatterns = [
    path("members/<int:pk>/membership/", views.change, name="membership_change"),
    path("mine/retirement/", own_views.retirement, name="my_retirement"),
    path("mine/leaving/", own_views.leave, name="leave"),
    *urls_of(LEAVING_LINE, listing=LEAVES),
    *urls_of(EXIT_LINE, listing=EXITS),
]
