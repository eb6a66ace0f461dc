"""Addresses of one's own data, and of what the desk does about it."""

from django.urls import path

from niangjia.kernel.privacy import desk_views, views

urlpatterns = [
    path("mine/file/", views.ask_own_file, name="my_file_ask"),
    path("mine/file/<int:file_id>/", views.download, name="my_file"),
    path("mine/consents/", views.consents, name="my_consents"),
    path("mine/consents/<slug:key>/", views.notice, name="my_notice"),
    path("mine/consents/<slug:key>/withdraw/", views.withdraw, name="my_withdrawal"),
    path("mine/requests/<int:request_id>/take-back/", views.take_request_back, name="my_request_back"),
    path("mine/kept/", views.kept, name="my_kept"),
    path("mine/close/", views.close, name="my_close"),
    path("privacy/requests/", desk_views.requests, name="privacy_requests"),
    path("privacy/requests/<int:request_id>/", desk_views.request_page, name="privacy_request"),
    path("privacy/people/<int:person_id>/", desk_views.person, name="privacy_person"),
    path("privacy/people/<int:person_id>/consents/<slug:key>/", desk_views.paper_consent, name="privacy_paper_consent"),
    path("privacy/people/<int:person_id>/erasure/", desk_views.paper_erasure, name="privacy_paper_erasure"),
]
