"""Addresses of cards: hers, the desk's list and pages, the counter."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.cards import own_views, views
from niangjia.registers.cards.listing import CARDS

urlpatterns = [
    path("mine/card/", own_views.mine, name="my_card"),
    path("cards/", list_page(CARDS), name="cards"),
    path("cards/check/", views.check, name="card_check"),
    path("cards/prints/", views.prints, name="card_prints"),
    path("cards/prints/<int:batch_id>/", views.sheet, name="card_sheet"),
    path("cards/<int:person_id>/", views.card, name="card"),
]
