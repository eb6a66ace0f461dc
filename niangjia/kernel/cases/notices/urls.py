"""Addresses of public notices: those for everybody, and the desk's."""

from django.urls import path

from niangjia.kernel.cases.notices import public_views, views
from niangjia.kernel.cases.notices.listing import NOTICES
from niangjia.kernel.listing.views import list_page

urlpatterns = [
    path("notices/", public_views.board, name="notice_board"),
    path("notices/receipt/", public_views.receipt, name="objection_receipt"),
    path("notices/mine/", public_views.own, name="own_objections"),
    path("notices/<slug:code>/", public_views.one, name="public_notice"),
    path("notices/<slug:code>/object/", public_views.object_, name="object_to_notice"),
    path("cases/notices/", list_page(NOTICES), name="notices"),
    path("cases/notices/<int:notice_id>/", views.notice, name="notice"),
]
