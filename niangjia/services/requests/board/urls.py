"""The address of the board."""

from django.urls import path

from niangjia.services.requests.board import views

urlpatterns = [path("requests/board/", views.board, name="request_board")]
