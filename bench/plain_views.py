"""A view that says a few words, and one that answers one row by its key as JSON."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

WORDS = b"a plain view"


def plain(_request: HttpRequest) -> HttpResponse:
    """Constant bytes."""
    return _measured(HttpResponse(WORDS))


def one_row(_request: HttpRequest, pk: int) -> HttpResponse:
    """One row by its key."""
    found = ContentType.objects.filter(pk=pk).values("id", "app_label", "model").get()
    return _measured(JsonResponse(found))


def _measured(response: HttpResponse) -> HttpResponse:
    response["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("plain/", plain), path("row/<int:pk>/", one_row)]
