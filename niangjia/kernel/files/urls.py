"""Addresses of kept files."""

from django.urls import path

from niangjia.kernel.files import draft_views, views

urlpatterns = [
    path("files/<int:file_id>/", views.hand_out, name="stored_file"),
    path("files/drafts/", draft_views.take_draft, name="take_draft"),
    path("files/drafts/<int:file_id>/remove/", draft_views.remove_draft, name="remove_draft"),
]
