"""Addresses of the three figures, and of papers that were seen."""

from django.urls import path

from niangjia.registers.members.verified import views

urlpatterns = [
    path("members/certainty/", views.figures, name="certainty"),
    path("members/<int:pk>/papers/", views.papers, name="member_papers"),
]
