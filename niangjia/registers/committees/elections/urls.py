"""Addresses of elections: the list, one election, its moves; the page of the count before the moves of the kernel."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.committees.elections import views
from niangjia.registers.committees.elections.kind import LINE
from niangjia.registers.committees.elections.listing import ELECTIONS

urlpatterns = [
    path("desk/election/<int:case_id>/count/", views.count, name="election_count"),
    *urls_of(LINE, listing=ELECTIONS),
]
