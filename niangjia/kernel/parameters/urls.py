"""Addresses of local parameters."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.kernel.parameters import views
from niangjia.kernel.parameters.listing import PARAMETER_CHANGES

urlpatterns = [
    path("parameters/", views.show_all, name="parameters"),
    path("parameters/changes/", list_page(PARAMETER_CHANGES), name="parameter_changes"),
    path("parameters/changes/<int:change_id>/", views.change, name="parameter_change"),
    path("parameters/changes/<int:change_id>/decide/", views.decide, name="parameter_decide"),
    path("parameters/of/<slug:key>/", views.show, name="parameter"),
    path("parameters/of/<slug:key>/new/", views.new, name="parameter_new"),
]
