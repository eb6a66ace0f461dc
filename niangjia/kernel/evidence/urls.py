"""Where a request is made with what shows it."""

from django.urls import path

from niangjia.kernel.evidence import views

urlpatterns = [
    path("mine/correction/", views.correct, name="my_correction"),
    path("mine/erase/", views.erase, name="my_erase"),
]
