"""Addresses of employers."""

from django.urls import path

from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page
from niangjia.registers.employers import list_views, views
from niangjia.registers.employers.listing import COVERAGES, EMPLOYERS

urlpatterns = [
    path("employers/", list_page(EMPLOYERS, drawer=Drawer("employers/drawer.html", views.beside)), name="employers"),
    path("employers/new/", views.register, name="employer_new"),
    path("employers/import/", list_views.start, name="employer_list_new"),
    path("employers/imports/<int:list_id>/", list_views.show, name="employer_list"),
    path("employers/imports/<int:list_id>/faults.xlsx", list_views.faults, name="employer_list_faults"),
    path("employers/parks/", views.parks, name="employer_parks"),
    path("employers/coverages/", list_page(COVERAGES), name="coverages"),
    path("employers/<int:pk>/", views.show, name="employer"),
    path("employers/<int:pk>/edit/", views.edit, name="employer_edit"),
    path("employers/<int:pk>/heads/", views.heads, name="employer_heads"),
    path("employers/<int:pk>/cover/", views.cover, name="employer_cover"),
    path("employers/<int:pk>/uncover/<int:union_id>/", views.uncover, name="employer_uncover"),
]
