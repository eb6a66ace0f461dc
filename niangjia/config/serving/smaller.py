"""Pages travel compressed, where that tells nobody anything."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class SmallerPagesMiddleware(GZipMiddleware):
    """Compress what a page was asked for by GET, and nothing else.

    Whoever can have a page asked for again and again with words of her own in it, and sees how long each answer is, could
    guess at what stands beside those words (BREACH). So an answer gets a random length (Django's own defence), its token
    against forgery is masked anew each time, cookies do not come along from other sites, and an answer to a form, such as
    a sealed value that was asked for, is never compressed; files are not either.
    """

    max_random_bytes = 200

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where it is a page."""
        is_page = response.get("Content-Type", "").startswith(("text/html", "application/json", "application/geo+json"))
        if request.method != "GET" or response.streaming or not is_page:
            return response
        return super().process_response(request, response)
