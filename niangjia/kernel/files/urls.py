"""Where kept files are handed out."""

from django.urls import path

from niangjia.kernel.files import views

urlpatterns = [path("files/<int:file_id>/", views.hand_out, name="stored_file")]
