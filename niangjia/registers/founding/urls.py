"""Addresses of setting up unions: the phone page, the desk, the own side, what hangs at a union's door."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.founding import calling_views, door_views, views
from niangjia.registers.founding.kind import LINE
from niangjia.registers.founding.listing import FOUNDINGS

urlpatterns = [
    path("found/", views.start, name="found"),
    path("found/ask/", views.ask, name="found_ask"),
    path("found/code/", views.code, name="found_code"),
    path("unions/<slug:code>/door/", door_views.sign, name="union_door_sign"),
    path("desk/founding/<int:case_id>/asker/phone/", calling_views.phone, name="founding_phone"),
    *urls_of(LINE, listing=FOUNDINGS),
]
