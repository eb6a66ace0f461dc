"""Addresses of employers without a union, as work."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.employers.targets import lead_views, views
from niangjia.registers.employers.targets.listing import TARGETS, WITHOUT_UNION

urlpatterns = [
    path("employers/without-union/", list_page(WITHOUT_UNION), name="without_union"),
    path("employers/targets/", list_page(TARGETS), name="targets"),
    path("employers/targets/<int:target_id>/", views.show, name="target"),
    path("employers/targets/<int:target_id>/visit/", views.visit, name="target_visit"),
    path("employers/targets/<int:target_id>/end/", views.end, name="target_end"),
    path("employers/leads/", lead_views.leads, name="leads"),
    path("employers/leads/<int:lead_id>/", lead_views.lead, name="lead"),
    path("employers/<int:pk>/union-work/", views.work, name="union_work"),
]
