"""Addresses of lost phones: filed from a member's page, decided at the desk, hers."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.members.regaining import views
from niangjia.registers.members.regaining.kind import LINE
from niangjia.registers.members.regaining.listing import REGAININGS

urlpatterns = [
    path("members/<int:pk>/lost-phone/", views.report, name="lost_phone"),
    *urls_of(LINE, listing=REGAININGS),
]
