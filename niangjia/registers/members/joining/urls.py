"""Addresses of joining: the phone page, the desk, her own side, and what the county sets."""

from django.urls import path

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.members.joining import catching_views, views
from niangjia.registers.members.joining.kind import LINE
from niangjia.registers.members.joining.listing import APPLICATIONS

urlpatterns = [
    path("join/", views.start, name="join"),
    path("join/<slug:code>/", views.who, name="join_union"),
    path("join/<slug:code>/code/", views.code, name="join_code"),
    path("desk/joining-unions/", catching_views.catch_all, name="catch_all"),
    *urls_of(LINE, listing=APPLICATIONS),
]
