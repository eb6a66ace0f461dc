"""The program's addresses, and one list of the tests."""

from django.urls import include, path

from niangjia.kernel.listing.tests.test_listing import PLACES
from niangjia.kernel.listing.views import list_page

urlpatterns = [
    path("places/", list_page(PLACES), name="places"),
    path("", include("niangjia.config.urls")),
]
handler404 = "niangjia.kernel.web.errors.not_found"
