"""Where each line of work is found."""

from django.urls import include, path

urlpatterns = [
    path("", include("niangjia.kernel.web.urls")),
]
