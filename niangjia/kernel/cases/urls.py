"""The one address of every case: it leads to the page that its line of work made for who asks; and its file."""

from django.urls import path

from niangjia.kernel.cases import views

urlpatterns = [
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/file/", views.case_file, name="case_file"),
]
