"""Addresses of the employers' door: open to everybody, and past the code to the one phone alone."""

from django.urls import path

from niangjia.services.requests.for_employers import views

urlpatterns = [
    path("for-employers/", views.door, name="for_employers"),
    path("for-employers/code/", views.code, name="for_employers_code"),
    path("for-employers/mine/", views.mine, name="for_employers_mine"),
    path("for-employers/ask/<slug:kind>/", views.ask, name="for_employers_ask"),
    path("for-employers/asked/<int:said_id>/", views.asked, name="for_employers_asked"),
    path("for-employers/leave/", views.leave, name="for_employers_leave"),
]
