"""The desk of programs."""

from django.urls import path

from niangjia.kernel.developers import views

urlpatterns = [
    path("developers/", views.index, name="developers"),
    path("developers/operations/<slug:operation>/", views.show_operation, name="operation"),
    path("developers/keys/", views.keys, name="keys"),
    path("developers/keys/new/", views.new_key, name="key_new"),
    path("developers/keys/<int:key_id>/", views.show_key, name="key"),
    path("developers/keys/<int:key_id>/revoke/", views.revoke, name="key_revoke"),
]
