"""Exports for programs: ask for a list, see how far it is, decide on somebody else's; the file itself is fetched on its page."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from niangjia.kernel.api.instance import LISTED, SHOWN, WRITTEN, actor_of, such_as
from niangjia.kernel.api.paging import PageIn, PageOut, Text, page_of
from niangjia.kernel.api.problems import refused
from niangjia.kernel.exports import services
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import visible_to
from niangjia.kernel.exports.rules import LONGEST_WORDS, Format, Purpose
from niangjia.kernel.exports.services import ExportRefused, Wish

router = Router(tags=["exports"])
Id = Annotated[int, Field(ge=1, lt=2**63, description="Its number.", json_schema_extra={"example": 12})]
Code = Annotated[Text, Field(max_length=48)]
Words = Annotated[Text, Field(max_length=LONGEST_WORDS)]
Filters = Annotated[dict[Code, Annotated[Text, Field(max_length=64)]], Field(max_length=20)]


class ExportOut(Schema):
    """How far a request is; who asked stands beside it, what was searched for does not."""

    id: int
    number: str
    listing: str
    template: str
    format: str
    in_clear: list[str]
    purpose: str
    state: str
    needs_two: bool
    rows_asked: int
    rows_done: int
    asked_at: datetime
    expires_at: datetime | None
    downloads_left: int
    is_own: bool

    model_config = such_as(
        {
            "id": 12, "number": "E000012", "listing": "members", "template": "", "format": "xlsx", "in_clear": [],
            "purpose": "check_register", "state": "ready", "needs_two": False, "rows_asked": 3, "rows_done": 3,
            "asked_at": "2026-03-02T09:00:00+08:00", "expires_at": "2026-03-03T09:00:00+08:00", "downloads_left": 3,
            "is_own": True,
        }
    )  # fmt: skip


class ExportsOut(PageOut):
    """A page of requests, the newest first."""

    items: list[ExportOut]


class ExportIn(Schema):
    """A list to be taken out: its name, the filters of its page, what is written out, and what for."""

    listing: Code
    filters: Filters = {}
    format: Format = Format.XLSX
    template: Code = ""
    in_clear: Annotated[list[Code], Field(max_length=10)] = []
    purpose: Purpose
    words: Words = ""

    model_config = such_as({"listing": "members", "filters": {"sex": "female"}, "purpose": "check_register"})


class DecisionIn(Schema):
    """Agree, or refuse with a reason."""

    verb: Literal["approve", "refuse"]
    words: Words = ""

    model_config = such_as({"verb": "approve"})


@router.get(
    "",
    response={200: ExportsOut, **LISTED},
    operation_id="list_exports",
    summary="List requests for lists",
)
def list_exports(request: HttpRequest, asked: Query[PageIn]) -> dict[str, Any]:
    """One's own requests, and those of others to decide on."""
    found, place = page_of(visible_to(actor_of(request)), asked, order=("-id",))
    return place | {"items": [_out(export, request) for export in found]}


@router.post(
    "",
    response={201: ExportOut, **WRITTEN},
    operation_id="ask_export",
    summary="Ask for a list",
)
def ask(request: HttpRequest, given: ExportIn) -> Status[dict[str, Any]]:
    """Ask for a list: made at once where one person may, else it waits for a second."""
    source = source_named(given.listing)
    if source is None:
        raise Http404
    wish = Wish(
        filters=given.filters,
        file_format=given.format,
        purpose=given.purpose.value,
        template=given.template,
        in_clear=frozenset(given.in_clear),
        words=given.words,
    )
    try:
        export = services.ask(source, wish, by=actor_of(request))
    except ExportRefused as refusal:
        raise refused({"__all__": refusal.reason}) from refusal
    return Status(201, _out(export, request))


@router.get(
    "/{export_id}",
    response={200: ExportOut, **SHOWN},
    operation_id="get_export",
    summary="Show a request for a list",
)
def show(request: HttpRequest, export_id: Id) -> dict[str, Any]:
    """One request."""
    return _out(_seen(request, export_id), request)


@router.post(
    "/{export_id}/decision",
    response={200: ExportOut, **WRITTEN},
    operation_id="decide_export",
    summary="Decide on a request of somebody else",
)
def decide(request: HttpRequest, export_id: Id, given: DecisionIn) -> dict[str, Any]:
    """Agree to somebody else's request, or refuse it."""
    act = services.approve if given.verb == "approve" else services.refuse
    try:
        export = act(_seen(request, export_id), by=actor_of(request), words=given.words)
    except ExportRefused as refusal:
        raise refused({"__all__": refusal.reason}) from refusal
    return _out(export, request)


def _seen(request: HttpRequest, export_id: int) -> ExportRequest:
    found = visible_to(actor_of(request)).filter(pk=export_id).first()
    if found is None:
        raise Http404
    return found


def _out(export: ExportRequest, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": export.pk,
        "number": export.number,
        "listing": export.source,
        "template": export.template,
        "format": export.file_format,
        "in_clear": export.in_clear,
        "purpose": export.purpose,
        "state": export.state,
        "needs_two": export.needs_two,
        "rows_asked": export.rows_asked,
        "rows_done": export.rows_done,
        "asked_at": export.asked_at,
        "expires_at": export.expires_at,
        "downloads_left": export.most_downloads - export.downloads,
        "is_own": export.account_id == actor_of(request).account_id,
    }
