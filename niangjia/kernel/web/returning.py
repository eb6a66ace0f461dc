"""Where somebody goes on to after a form: where she wished, as long as that is a page of this program."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_PATH = 200


def safe_next(request: HttpRequest) -> str:
    """The page that the form, or else the address, names as the next one; empty where it leads anywhere else."""
    wished = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wished if safe else ""


def page_meant(request: HttpRequest) -> str:
    """The page of this program that a complaint is about, its path alone: what was searched for is nobody's business."""
    wished = request.GET.get("from", "")[:LONGEST_PATH]
    safe = wished.startswith("/") and url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return urlsplit(wished).path if safe else ""
