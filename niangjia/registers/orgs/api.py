"""Unions for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.api.doors import open_to
from niangjia.kernel.api.instance import SHOWN, WRITTEN, actor_of, such_as
from niangjia.kernel.api.listed import Shape, add_list
from niangjia.kernel.api.paging import Text
from niangjia.kernel.api.problems import refused
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.rules import Level
from niangjia.kernel.programs.rules import Scope
from niangjia.registers.orgs.listing import UNIONS, listed_level
from niangjia.registers.orgs.models import Kind, Union
from niangjia.registers.orgs.queries import meant_by, visible_to
from niangjia.registers.orgs.rules import read_level
from niangjia.registers.orgs.rules.moves import REGISTER_UNION
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import UnionRefused, register_union

router = Router(tags=["unions"])
LEVELS = (*[level.value for level in Level], Kind.FEDERATION.value, Kind.INDUSTRY.value)
UnionCode = Annotated[
    str,
    Field(
        pattern=r"^[0-9A-Za-z_-]{1,32}$", description="The union's code.", json_schema_extra={"example": "349921001"}
    ),
]
ListedLevel = Annotated[str, Field(json_schema_extra={"enum": list(LEVELS)})]


MILL: dict[str, Any] = {
    "code": "349921001",
    "name": "Hongyuan Textile Union",
    "level": "base",
    "kind": "base",
    "parent": "349921000",
    "second_parent": None,
    "uscc": None,
    "region_code": "349921",
    "address": "8 Gongye Road, Liulin",
    "phone": "",
}


class UnionOut(Schema):
    """A union as programs read it; parents by their codes."""

    code: str
    name: str
    level: ListedLevel
    kind: str
    parent: str | None
    second_parent: str | None
    uscc: str | None
    region_code: str
    address: str
    phone: str
    opened_on: date
    closed_on: date | None
    in_preparation: bool

    model_config = such_as(MILL | {"opened_on": "2026-03-02", "closed_on": None, "in_preparation": False})


class UnionIn(Schema):
    """A union to be registered; `parent` and `second_parent` are codes, credit codes or whole names."""

    name: Annotated[Text, Field(max_length=128)]
    level: Annotated[Text, Field(max_length=32)]
    parent: Annotated[Text, Field(max_length=128)] = ""
    second_parent: Annotated[Text, Field(max_length=128)] = ""
    code: Annotated[Text, Field(max_length=32)] = ""
    uscc: Annotated[Text, Field(max_length=24)] = ""
    region_code: Annotated[Text, Field(max_length=12)] = ""
    address: Annotated[Text, Field(max_length=255)] = ""
    phone: Annotated[Text, Field(max_length=32)] = ""
    opened_on: date | None = None

    model_config = such_as({"name": "Hongyuan Textile Union", "level": "base", "parent": "349921000"})


@router.post(
    "",
    response={201: UnionOut, **WRITTEN},
    auth=open_to(Scope.UNIONS_WRITE),
    operation_id="register_union",
    summary="Register a union",
)
def register(request: HttpRequest, given: UnionIn) -> Status[dict[str, Any]]:
    """Register a union below one of one's own."""
    actor = actor_of(request)
    if not actor.paths(REGISTER_UNION):
        raise Http404
    try:
        union = register_union(_facts(given, actor), by=actor, on=given.opened_on or clock.today())
    except UnionRefused as refusal:
        raise refused(refusal.reasons) from refusal
    return Status(201, _out(_related(visible_to(actor)).get(pk=union.pk)))


@router.get(
    "/{code}",
    response={200: UnionOut, **SHOWN},
    auth=open_to(Scope.UNIONS_READ),
    operation_id="get_union",
    summary="Show a union",
)
def show(request: HttpRequest, code: UnionCode) -> dict[str, Any]:
    """One union."""
    union = _related(visible_to(actor_of(request))).filter(code=code).first()
    if union is None:
        raise Http404
    return _out(union)


def _related(unions: Any) -> Any:
    return unions.select_related("place__parent__union", "place__second_parent__union")


def _facts(given: UnionIn, actor: Actor) -> UnionFacts:
    parent = _meant("parent", given.parent, actor, REGISTER_UNION)
    second = _meant("second_parent", given.second_parent, actor, None)
    standing = read_level(given.level, parent=Level(parent.place.level) if parent else None)
    if isinstance(standing, Reason):
        raise UnionRefused({"level": standing})
    level, kind = standing
    plain = given.model_dump(include={"name", "code", "uscc", "region_code", "address", "phone"})
    return UnionFacts(
        level=level,
        kind=kind,
        parent_id=parent.pk if parent else None,
        second_parent_id=second.pk if second else None,
        **plain,
    )


def _meant(field: str, reference: str, actor: Actor, move: Move | None) -> Union | None:
    if not reference:
        return None
    found = meant_by(reference, actor=actor, move=move)
    if isinstance(found, Reason):
        raise UnionRefused({field: found})
    return found


def _out(union: Union) -> dict[str, Any]:
    parent, second = union.place.parent, union.place.second_parent
    return {
        "code": union.code,
        "name": union.name,
        "level": listed_level(union),
        "kind": union.kind,
        "parent": parent.union.code if parent else None,
        "second_parent": second.union.code if second else None,
        "uscc": union.uscc,
        "region_code": union.region_code,
        "address": union.address,
        "phone": union.phone,
        "opened_on": union.place.opened_on,
        "closed_on": union.place.closed_on,
        "in_preparation": union.is_preparing,
    }


add_list(
    router,
    UNIONS,
    words="The unions of one's own subtrees, in the order of the tree.",
    scope=Scope.UNIONS_READ,
    shape=Shape(UnionOut, _out, _related, for_all=True),
)
