"""Addresses of employers."""

from django.urls import path

from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page
from niangjia.registers.employers import views
from niangjia.registers.employers.listing import EMPLOYERS

urlpatterns = [
    path("employers/", list_page(EMPLOYERS, drawer=Drawer("employers/drawer.html", views.beside)), name="employers"),
    path("employers/new/", views.register, name="employer_new"),
    path("employers/<int:pk>/", views.show, name="employer"),
    path("employers/<int:pk>/edit/", views.edit, name="employer_edit"),
    path("employers/<int:pk>/cover/", views.cover, name="employer_cover"),
    path("employers/<int:pk>/uncover/<int:union_id>/", views.uncover, name="employer_uncover"),
]
