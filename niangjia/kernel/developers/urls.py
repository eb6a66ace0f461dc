"""The desk of programs."""

from django.urls import path

from niangjia.kernel.developers import hook_views, views
from niangjia.kernel.developers.listing import KEYS, WEBHOOKS
from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page

BESIDE_KEYS = Drawer("developers/key_drawer.html", views.beside_key)
BESIDE_WEBHOOKS = Drawer("developers/webhook_drawer.html", hook_views.beside_webhook)

urlpatterns = [
    path("developers/", views.index, name="developers"),
    path("developers/operations/<slug:operation>/", views.show_operation, name="operation"),
    path("developers/keys/", list_page(KEYS, drawer=BESIDE_KEYS), name="keys"),
    path("developers/keys/new/", views.new_key, name="key_new"),
    path("developers/keys/<int:key_id>/", views.show_key, name="key"),
    path("developers/keys/<int:key_id>/revoke/", views.revoke, name="key_revoke"),
    path("developers/webhooks/", list_page(WEBHOOKS, drawer=BESIDE_WEBHOOKS), name="webhooks"),
    path("developers/webhooks/new/", hook_views.new_webhook, name="webhook_new"),
    path("developers/webhooks/<int:webhook_id>/", hook_views.show_webhook, name="webhook"),
    path("developers/webhooks/<int:webhook_id>/try/", hook_views.try_webhook, name="webhook_try"),
    path("developers/webhooks/<int:webhook_id>/rotate/", hook_views.rotate, name="webhook_rotate"),
    path("developers/webhooks/<int:webhook_id>/stop/", hook_views.stop_webhook, name="webhook_stop"),
    path("developers/webhooks/<int:webhook_id>/start/", hook_views.start_webhook, name="webhook_start"),
    path("developers/webhooks/<int:webhook_id>/remove/", hook_views.remove_webhook, name="webhook_remove"),
]
