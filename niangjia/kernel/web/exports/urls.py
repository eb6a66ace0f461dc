"""Addresses of exports."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.kernel.web.exports import views
from niangjia.kernel.web.exports.listing import EXPORTS

urlpatterns = [
    path("exports/", list_page(EXPORTS), name="exports"),
    path("exports/new/", views.new, name="export_new"),
    path("exports/<int:export_id>/", views.show, name="export"),
    path("exports/<int:export_id>/progress/", views.progress, name="export_progress"),
    path("exports/<int:export_id>/decide/", views.decide, name="export_decide"),
    path("exports/<int:export_id>/withdraw/", views.withdraw, name="export_withdraw"),
    path("exports/<int:export_id>/file/", views.fetch, name="export_file"),
]
