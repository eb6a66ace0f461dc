"""Addresses of unions away from home."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.employers.away import views
from niangjia.registers.employers.away.listing import AWAY_UNIONS

urlpatterns = [
    path("away-unions/", list_page(AWAY_UNIONS), name="away_unions"),
    path("away-unions/new/", views.register, name="away_union_new"),
    path("away-unions/<int:away_id>/", views.show, name="away_union"),
    path("away-unions/<int:away_id>/edit/", views.edit, name="away_union_edit"),
]
