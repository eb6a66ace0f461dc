"""Addresses of local topics."""

from django.urls import path

from niangjia.services.requests.local import views

urlpatterns = [
    path("requests/topics/", views.topics, name="local_topics"),
    path("requests/topics/<int:topic_id>/", views.topic, name="local_topic"),
]
