"""Hand out a kept file: only to whom its slice shows it, and so that no browser runs anything in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from niangjia.kernel.files.queries import Unseen, file_for
from niangjia.kernel.files.rules import ENDINGS, MEDIA_TYPES, Kind
from niangjia.kernel.files.services import content_of
from niangjia.kernel.sealed import Tampered

# Nothing may be loaded, run or sent from within a file, whatever it holds.
POLICY = "default-src 'none'; sandbox"


@login_required
@require_safe
def hand_out(request: HttpRequest, file_id: int) -> HttpResponse:
    """A picture to be shown in a page, a document only ever to be saved; absent and forbidden look alike."""
    try:
        stored = file_for(request.actor, file_id)  # type: ignore[attr-defined]  # set by the middleware
        content = content_of(stored)
    except (Unseen, Tampered, FileNotFoundError) as error:
        raise Http404 from error
    kind = Kind(stored.kind)
    how = "inline" if kind is Kind.PICTURE else "attachment"
    answer = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'{how}; filename="{stored.pk}.{ENDINGS[kind]}"'
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store, private"
    return answer
