"""Members for programs, masked as on the pages; imports and how far they are."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.api.doors import open_to
from niangjia.kernel.api.instance import SHOWN, WRITTEN, actor_of, such_as
from niangjia.kernel.api.listed import Shape, add_list
from niangjia.kernel.api.paging import Text
from niangjia.kernel.api.problems import Problem, ProblemOut, in_words, refused
from niangjia.kernel.chinese import Reason
from niangjia.kernel.intake.models import Import
from niangjia.kernel.programs.rules import Scope
from niangjia.kernel.reveal.rules import Field as SealedField
from niangjia.kernel.reveal.rules import Way
from niangjia.kernel.reveal.services import LookRefused, reveal
from niangjia.registers.members.listing import MEMBERS
from niangjia.registers.members.masked import is_here, shown_phone, tail_of
from niangjia.registers.members.queries import sealed_value, visible_to, with_latest
from niangjia.registers.members.roster.listing import IMPORTS
from niangjia.registers.members.rules import age_on
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, IMPORT_ROSTER
from niangjia.registers.members.services import MemberRefused, TransferAsked, register_member
from niangjia.registers.orgs.queries import meant_by

router = Router(tags=["members"])
imports_router = Router(tags=["imports"])
Id = Annotated[int, Field(ge=1, lt=2**63, description="Its number.", json_schema_extra={"example": 12})]
Code = Annotated[Text, Field(max_length=20)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


CHEN: dict[str, Any] = {
    "id": 12,
    "name": "Chen Guilan",
    "id_kind": "id_card",
    "id_tail": "3021",
    "sex": "female",
    "age": 41,
    "phone": "138****2206",
    "union": "349921001",
    "union_name": "Hongyuan Textile Union",
    "state": "active",
    "joined_on": "2026-03-02",
}


class MemberOut(Schema):
    """A member as programs read her: of the paper's number the last four, the phone masked; of who left only what was."""

    id: int
    name: str
    id_kind: str
    id_tail: str
    sex: str
    age: int | None
    phone: str
    union: str | None
    union_name: str | None
    state: str | None
    joined_on: date | None

    model_config = such_as(CHEN)


class MemberIn(Schema):
    """A member to be registered; `union` is a code, a credit code or a whole name, coded fields take code or title."""

    union: Annotated[Text, Field(max_length=128)]
    name: Annotated[Text, Field(max_length=64)]
    id_number: Annotated[Text, Field(max_length=40)]
    id_kind: Code = ""
    phone: Annotated[Text, Field(max_length=24)] = ""
    sex: Code = ""
    birth_on: Day = ""
    joined_on: Day = ""
    member_no: Annotated[Text, Field(max_length=32)] = ""
    workplace: Annotated[Text, Field(max_length=128)] = ""
    title: Annotated[Text, Field(max_length=64)] = ""
    employment: Code = ""
    skill: Code = ""
    occupation: Code = ""
    migrant: Code = ""
    household_registration: Code = ""
    ethnicity: Code = ""
    education: Code = ""
    political: Code = ""

    model_config = such_as({"union": "349921001", "name": "Chen Guilan", "id_number": "349921198504033021"})


class LookIn(Schema):
    """Which sealed fact is to be shown, and for what; both lists are closed."""

    field: Literal["id_number", "phone"]
    purpose: Annotated[Text, Field(max_length=32)]

    model_config = such_as({"field": "phone", "purpose": "contact_member"})


class LookOut(Schema):
    """A sealed fact, to be shown until an instant and kept nowhere."""

    field: str
    purpose: str
    value: str
    shown_until: datetime

    model_config = such_as(
        {
            "field": "phone",
            "purpose": "contact_member",
            "value": "13800002206",
            "shown_until": "2026-03-02T09:01:00+08:00",
        }
    )


class ImportOut(Schema):
    """How far an import is, and what its rows came to."""

    id: int
    kind: str
    state: str
    file_name: str
    created_at: datetime
    finished_at: datetime | None
    rows_expected: int
    rows_in: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicts: int
    warnings: int

    model_config = such_as(
        {
            "id": 12, "kind": "members", "state": "done", "file_name": "roster.xlsx", "created_at": "2026-03-02T09:00:00+08:00",
            "finished_at": "2026-03-02T09:00:04+08:00", "rows_expected": 3, "rows_in": 3, "created": 2, "updated": 1,
            "unchanged": 0, "rejected": 0, "conflicts": 0, "warnings": 0,
        }
    )  # fmt: skip


@router.post(
    "",
    response={201: MemberOut, 409: ProblemOut, **WRITTEN},
    auth=open_to(Scope.MEMBERS_WRITE),
    operation_id="register_member",
    summary="Register a member",
)
def register(request: HttpRequest, given: MemberIn) -> Status[dict[str, Any]]:
    """Register a member in one of one's own unions; who is active elsewhere is asked for instead (409)."""
    actor = actor_of(request)
    if not actor.paths(EDIT_MEMBERS):
        raise Http404
    union = meant_by(given.union, actor=actor, move=EDIT_MEMBERS)
    if isinstance(union, Reason):
        raise refused({"union": union})
    try:
        answer = register_member(given.model_dump(exclude={"union"}), union_id=union.pk, by=actor, on=clock.today())
    except MemberRefused as refusal:
        raise refused(refusal.reasons) from refusal
    if isinstance(answer, TransferAsked):
        raise Problem(HTTPStatus.CONFLICT, answer.reason.code, in_words(answer.reason))
    return Status(201, _out(with_latest(visible_to(actor)).get(pk=answer.person.pk)))


@router.get(
    "/{member_id}",
    response={200: MemberOut, **SHOWN},
    auth=open_to(Scope.MEMBERS_READ),
    operation_id="get_member",
    summary="Show a member",
)
def show(request: HttpRequest, member_id: Id) -> dict[str, Any]:
    """One member."""
    person = with_latest(visible_to(actor_of(request))).filter(pk=member_id).first()
    if person is None:
        raise Http404
    return _out(person)


@router.post(
    "/{member_id}/reveal",
    response={200: LookOut, **WRITTEN},
    operation_id="reveal_member",
    summary="Show a sealed fact of a member",
)
def reveal_fact(request: HttpRequest, response: HttpResponse, member_id: Id, given: LookIn) -> dict[str, Any]:
    """Show one sealed fact of a member for a purpose; she sees at once that it was shown (429 where the limit is reached)."""
    actor = actor_of(request)
    person = with_latest(visible_to(actor)).filter(pk=member_id).first()
    sealed = sealed_value(person, SealedField(given.field)) if person is not None and is_here(person) else None
    if sealed is None:
        raise Http404
    response["Cache-Control"] = "no-store, private"
    try:
        shown = reveal(sealed, purpose=given.purpose, by=actor, way=Way.PROGRAM)
    except LookRefused as refusal:
        if refusal.is_full:
            reason = refusal.reason
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, reason.code, in_words(reason)) from refusal
        raise refused({"purpose": refusal.reason}) from refusal
    return {"field": given.field, "purpose": shown.purpose, "value": shown.value, "shown_until": shown.until}


@imports_router.get(
    "/{import_id}",
    response={200: ImportOut, **SHOWN},
    operation_id="get_import",
    summary="Show how far an import is",
)
def show_import(request: HttpRequest, import_id: Id) -> Import:
    """How far an import is: one's own, or one of one's own subtrees."""
    actor = actor_of(request)
    mine = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    scope = mine | within(actor.paths(IMPORT_ROSTER), field="place__path")
    batch = Import.objects.filter(scope, pk=import_id).first()
    if batch is None:
        raise Http404
    return batch


def _out(person: Any) -> dict[str, Any]:
    here = is_here(person)
    return {
        "id": person.pk,
        "name": person.name,
        "id_kind": person.id_kind,
        "id_tail": tail_of(person),
        "sex": person.sex,
        "age": age_on(person.birth_on, clock.today()) if person.birth_on else None,
        "phone": shown_phone(person) if here else "",
        "union": person.shown_code,
        "union_name": person.shown_union,
        "state": person.shown_state,
        "joined_on": person.shown_joined_on,
    }


add_list(
    router,
    MEMBERS,
    words="The members of one's own subtrees, by the pinyin of their names, masked as on the page.",
    scope=Scope.MEMBERS_READ,
    shape=Shape(MemberOut, _out, for_all=True),
)
add_list(imports_router, IMPORTS, words="Files of members that were brought in, the newest first.")
