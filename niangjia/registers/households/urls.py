"""Addresses of households: hers, and the desk's."""

from django.urls import path

from niangjia.registers.households import own_views, views

urlpatterns = [
    path("mine/household/", own_views.mine, name="my_household"),
    path("mine/household/home/", own_views.home, name="my_household_home"),
    path("mine/household/new/", own_views.add, name="my_household_new"),
    path("mine/household/<int:belonging_id>/", own_views.person, name="my_household_person"),
    path("households/<int:person_id>/", views.household, name="household"),
]
