"""The address of a union as a legal person."""

from django.urls import path

from niangjia.registers.founding.legal import views

urlpatterns = [path("unions/<slug:code>/legal-person/", views.page, name="legal_person")]
