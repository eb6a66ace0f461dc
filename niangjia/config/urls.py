"""Where each line of work is found."""

from django.urls import include, path

from niangjia.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("niangjia.kernel.web.urls")),
]
