"""Addresses of handing over."""

from django.urls import path

from niangjia.registers.cadres.handing import views

urlpatterns = [
    path("handovers/<int:handover_id>/", views.handover, name="handover"),
    path("handovers/things/<int:item_id>/settle/", views.settle, name="handover_settle"),
]
