"""The one address of every case: it leads to the page that its line of work made for who asks."""

from django.urls import path

from niangjia.kernel.cases import views

urlpatterns = [path("cases/<int:case_id>/", views.case, name="case")]
