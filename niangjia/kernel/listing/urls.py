"""Addresses that every declared list has."""

from django.urls import path

from niangjia.kernel.listing import bulk, kept
from niangjia.kernel.listing.runs import views

urlpatterns = [
    path("lists/<slug:listing>/ticked/", bulk.ticked, name="list_ticked"),
    path("lists/<slug:listing>/act/<slug:action>/", bulk.bulk, name="list_bulk"),
    path("lists/runs/<int:run_id>/", views.show, name="list_run"),
    path("lists/runs/<int:run_id>/progress/", views.progress, name="list_run_progress"),
    path("lists/<slug:listing>/views/new/", kept.new, name="view_new"),
    path("lists/<slug:listing>/views/<int:view_id>/", kept.edit, name="view_edit"),
    path("lists/<slug:listing>/views/<int:view_id>/delete/", kept.delete, name="view_delete"),
    path("lists/<slug:listing>/views/<int:view_id>/count/", kept.count, name="view_count"),
]
