"""Addresses of unions."""

from django.urls import path

from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page
from niangjia.registers.orgs import code_views, list_views, views
from niangjia.registers.orgs.checking import views as check_views
from niangjia.registers.orgs.listing import UNIONS
from niangjia.registers.orgs.past import views as past_views

urlpatterns = [
    path("unions/", list_page(UNIONS, drawer=Drawer("orgs/union_drawer.html", views.beside)), name="unions"),
    path("unions/new/", views.register, name="union_new"),
    path("unions/tree/", past_views.show, name="tree_on_a_day"),
    path("unions/checks/", check_views.index, name="register_checks"),
    path("unions/checks/<slug:check>/", check_views.show, name="register_check"),
    path("unions/import/", list_views.start, name="union_list_new"),
    path("unions/imports/<int:list_id>/", list_views.show, name="union_list"),
    path("unions/<slug:code>/", views.show, name="union"),
    path("unions/<slug:code>/industry/", past_views.industry, name="industry"),
    path("unions/<slug:code>/sheet/", code_views.sheet, name="union_sheet"),
    path("u/<slug:code>/", code_views.door, name="union_door"),
    path("unions/<slug:code>/edit/", views.edit, name="union_edit"),
    path("unions/<slug:code>/close/", views.close, name="union_close"),
]
