"""Addresses of imports of rosters."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.members.roster import views
from niangjia.registers.members.roster.listing import IMPORTS

urlpatterns = [
    path("members/imports/", list_page(IMPORTS), name="imports"),
    path("members/imports/new/", views.start, name="import_new"),
    path("members/imports/unions/", views.unions, name="import_unions"),
    path("members/imports/<int:import_id>/", views.show, name="import"),
    path("members/imports/<int:import_id>/columns/", views.columns, name="import_columns"),
    path("members/imports/<int:import_id>/progress/", views.progress, name="import_progress"),
    path("members/imports/<int:import_id>/rows/", views.rows, name="import_rows"),
    path("members/imports/<int:import_id>/faults.xlsx", views.faults, name="import_faults"),
    path("members/imports/<int:import_id>/faults/", views.make_faults, name="import_faults_make"),
    path("members/imports/<int:import_id>/faults/progress/", views.faults_progress, name="import_faults_progress"),
    path("members/imports/<int:import_id>/land/", views.land, name="import_land"),
    path("members/imports/<int:import_id>/undo/", views.take_back, name="import_undo"),
    path("members/imports/<int:import_id>/throw-away/", views.discard, name="import_discard"),
]
