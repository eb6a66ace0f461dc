"""The page on which somebody says something: opened with what she had begun, or as it was sent, with the files that came."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.filling_in import DROP_DRAFT
from niangjia.kernel.cases.drafts.queries import Begun, draft_at
from niangjia.kernel.files.drafts import Handed, drafts_of, hold_all
from niangjia.kernel.files.forms import Given
from niangjia.kernel.places.models import Place
from niangjia.services.requests.forms import SayForm, TopicChoices
from niangjia.services.requests.half_written import occasion_of


@dataclass(frozen=True)
class Offered:
    """What a page offers to choose from: topics, and whom it may be about."""

    topics: TopicChoices
    against: TopicChoices


def opened(request: HttpRequest, kind: str, offered: Offered, *, place: Place, by: Actor) -> SayForm:
    """The form as this request has it: with what was begun before, or as it was sent, with the files that came."""
    begun = draft_at(occasion_of(kind), of=by)
    choices: dict[str, Any] = {"topics": offered.topics, "against": offered.against}
    if request.method != "POST" or DROP_DRAFT in request.POST:
        form = SayForm(initial=_written(begun), **choices)
        form.hold(_still_held(begun, by))
    else:
        form = SayForm(request.POST, request.FILES, **choices)
        given: Given = form["papers"].data
        form.hold(hold_all(given.files, given.kept, place=place, by=by))
    form.occasion, form.saved_at = occasion_of(kind), begun.saved_at if begun else None
    return form


def _written(begun: Begun | None) -> dict[str, Any]:
    """What was written, without the files: their field shows them by itself."""
    return {name: value for name, value in begun.mine.items() if name != "papers"} if begun else {}


def _still_held(begun: Begun | None, by: Actor) -> Handed:
    """Files of what was begun that are still there; those left lying for a day are gone."""
    wanted = begun.mine.get("papers") if begun else None
    return Handed(list(drafts_of(by).filter(pk__in=wanted))) if isinstance(wanted, tuple) and wanted else Handed()
