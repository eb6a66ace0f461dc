"""Addresses of the worker's side; its first page is `today`, as the desk's."""

from django.urls import path

from niangjia.kernel.web.worker import views

urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/requests/<int:request_id>/", views.request_page, name="my_request"),
    path("mine/", views.mine, name="mine"),
    path("mine/union/", views.own_union, name="my_union"),
]
