"""Addresses of kept answers."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.services.requests.answers import views
from niangjia.services.requests.answers.listing import KEPT_ANSWERS

urlpatterns = [
    path("requests/answers/", list_page(KEPT_ANSWERS), name="answers"),
    path("requests/answers/new/", views.new, name="answer_new"),
    path("requests/answers/<int:answer_id>/", views.answer, name="answer"),
    path("requests/answers/<int:answer_id>/change/", views.change, name="answer_change"),
]
