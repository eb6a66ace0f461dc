"""Addresses of cadres: the list, the page of each, what is written down there, and one's own page."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.cadres import own_views, views
from niangjia.registers.cadres.listing import CADRES

urlpatterns = [
    path("cadres/", list_page(CADRES), name="cadres"),
    path("cadres/new/", views.new, name="cadre_new"),
    path("cadres/<int:cadre_id>/", views.show, name="cadre"),
    path("cadres/<int:cadre_id>/post/", views.begin, name="posting_new"),
    path("cadres/<int:cadre_id>/contact/", views.contact, name="contact_new"),
    path("cadres/<int:cadre_id>/member/", views.tie, name="cadre_tie"),
    path("cadres/<int:cadre_id>/elected/<slug:code>/", views.elected_kind, name="elected_kind"),
    path("cadres/posts/<int:posting_id>/", views.change, name="posting_change"),
    path("cadres/posts/<int:posting_id>/end/", views.end, name="posting_end"),
    path("cadres/contacts/<int:contact_id>/end/", views.contact_end, name="contact_end"),
    path("mine/cadre/", own_views.mine, name="my_cadre"),
]
