"""Addresses of reorganisations: planning at a union's page, the list, a case."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.orgs.reorganising import views
from niangjia.registers.orgs.reorganising.kind import LINE
from niangjia.registers.orgs.reorganising.listing import REORGANISATIONS

urlpatterns = [
    path("unions/<slug:code>/reorganise/", views.choose, name="reorganise"),
    path("unions/<slug:code>/reorganise/<slug:operation>/", views.write, name="reorganise_as"),
    *urls_of(LINE, listing=REORGANISATIONS),
]
