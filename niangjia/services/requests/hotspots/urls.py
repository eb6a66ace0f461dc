"""The address of hotspots."""

from django.urls import path

from niangjia.services.requests.hotspots import views

urlpatterns = [path("requests/hotspots/", views.hotspots, name="hotspots")]
