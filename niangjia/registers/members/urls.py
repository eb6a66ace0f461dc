"""Addresses of members."""

from django.urls import path

from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page
from niangjia.registers.members import views
from niangjia.registers.members.listing import MEMBERS

urlpatterns = [
    path("members/", list_page(MEMBERS, drawer=Drawer("members/drawer.html", views.beside)), name="members"),
    path("members/new/", views.register, name="member_new"),
    path("members/<int:pk>/", views.show, name="member"),
    path("members/<int:pk>/edit/", views.edit, name="member_edit"),
    path("members/<int:pk>/sealed/<str:field>/", views.sealed, name="member_sealed"),
]
