"""Addresses of requests: of who asks, and of the desk."""

from django.urls import include, path

from niangjia.kernel.listing import Drawer
from niangjia.kernel.listing.views import list_page
from niangjia.services.requests import desk_views, hotline_views, worker_views
from niangjia.services.requests.listing import REQUESTS

urlpatterns = [
    path("say/", worker_views.say, name="say"),
    path("say/<slug:kind>/", worker_views.saying, name="saying"),
    path("said/<int:said_id>/", worker_views.said, name="said"),
    path("said/<int:said_id>/more/", worker_views.more, name="said_more"),
    path("said/<int:said_id>/agree/", worker_views.agree, name="said_agree"),
    path("said/<int:said_id>/disagree/", worker_views.disagree, name="said_disagree"),
    path("said/<int:said_id>/part/", worker_views.part, name="said_part"),
    path("said/<int:said_id>/press/", worker_views.press, name="said_press"),
    path("said/<int:said_id>/rate/", worker_views.rate, name="said_rate"),
    path("said/<int:said_id>/withdraw/", worker_views.withdraw, name="said_withdraw"),
    path("requests/", list_page(REQUESTS, drawer=Drawer("requests/drawer.html", desk_views.beside)), name="requests"),
    path("requests/new/", hotline_views.new, name="request_new"),
    path("", include("niangjia.services.requests.answers.urls")),
    path("", include("niangjia.services.requests.hotspots.urls")),
    path("", include("niangjia.services.requests.board.urls")),
    path("", include("niangjia.services.requests.local.urls")),
    path("requests/<int:case_id>/", desk_views.show, name="request"),
    path("requests/<int:case_id>/<slug:move>/", desk_views.act, name="request_act"),
]
