"""Addresses of messages."""

from django.urls import path

from niangjia.kernel.web.messages import views, wechat_views, wishes_views

urlpatterns = [
    path("messages/", views.inbox, name="messages"),
    path("messages/all-read/", views.all_read, name="messages_all_read"),
    path("messages/<int:message_id>/", views.show, name="message"),
    path("messages/settings/", wishes_views.settings_page, name="message_settings"),
    path("messages/settings/email/", wishes_views.give_email, name="message_email"),
    path("messages/settings/wechat/", wechat_views.wechat, name="message_wechat"),
    path("wechat/", wechat_views.wechat_call, name="wechat_call"),
    path("messages/deliveries/", views.deliveries, name="deliveries"),
]
