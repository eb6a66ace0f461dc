"""Addresses of setting up unions: the phone page, the desk, the own side, what hangs at a union's door."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.founding import door_views, views
from niangjia.registers.founding.kind import LINE
from niangjia.registers.founding.listing import FOUNDINGS

urlpatterns = [
    path("found/", views.start, name="found"),
    path("found/ask/", views.ask, name="found_ask"),
    path("found/code/", views.code, name="found_code"),
    path("unions/<slug:code>/door/", door_views.sign, name="union_door_sign"),
    *urls_of(LINE, listing=FOUNDINGS),
]
