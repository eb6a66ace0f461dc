"""Employers for programs."""

from datetime import date
from typing import Annotated, Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.api.doors import open_to
from niangjia.kernel.api.instance import SHOWN, WRITTEN, actor_of, such_as
from niangjia.kernel.api.listed import Shape, add_list
from niangjia.kernel.api.paging import Text
from niangjia.kernel.api.problems import refused
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.programs.rules import Scope
from niangjia.registers.employers.listing import EMPLOYERS
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.queries import visible_to
from niangjia.registers.employers.rules import OWNERSHIP_LISTS, TRADES
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.rules.moves import REGISTER_EMPLOYER
from niangjia.registers.employers.services import EmployerRefused, register_employer
from niangjia.registers.orgs.queries import meant_by

router = Router(tags=["employers"])
Count = Annotated[int, Field(ge=0, le=9_999_999)]


MILL: dict[str, Any] = {
    "name": "Hongyuan Textile Co.",
    "territorial_union": "349921000",
    "region_code": "349921",
    "trade_code": "17",
    "ownership_list": "",
    "ownership_code": "",
    "employees": 1200,
    "women_employees": 800,
    "address": "8 Gongye Road, Liulin",
}
EmployerId = Annotated[
    int, Field(ge=1, lt=2**63, description="The employer's number.", json_schema_extra={"example": 12})
]


class EmployerOut(Schema):
    """An employer as programs read it; unions by their codes."""

    id: int
    name: str
    uscc: str | None
    territorial_union: str
    unions: list[str]
    region_code: str
    trade_code: str
    ownership_list: str
    ownership_code: str
    employees: int | None
    women_employees: int | None
    opened_on: date | None
    closed_on: date | None
    address: str
    park: str

    model_config = such_as(
        MILL
        | {"park": "Liulin Textile Park"}
        | {"id": 12, "unions": ["349921001"], "uscc": None, "opened_on": None, "closed_on": None}
    )


class EmployerIn(Schema):
    """An employer to be registered; `territorial_union` is a code, a credit code or a whole name."""

    name: Annotated[Text, Field(max_length=128)]
    territorial_union: Annotated[Text, Field(max_length=128)]
    uscc: Annotated[Text, Field(max_length=24)] = ""
    region_code: Annotated[Text, Field(max_length=12)] = ""
    trade_code: Annotated[Text, Field(max_length=4)] = ""
    ownership_list: Annotated[Text, Field(max_length=16)] = ""
    ownership_code: Annotated[Text, Field(max_length=4)] = ""
    employees: Count | None = None
    women_employees: Count | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    address: Annotated[Text, Field(max_length=255)] = ""

    model_config = such_as(MILL)


@router.post(
    "",
    response={201: EmployerOut, **WRITTEN},
    auth=open_to(Scope.EMPLOYERS_WRITE),
    operation_id="register_employer",
    summary="Register an employer",
)
def register(request: HttpRequest, given: EmployerIn) -> Status[dict[str, Any]]:
    """Register an employer in the territory of one of one's own unions."""
    actor = actor_of(request)
    if not actor.paths(REGISTER_EMPLOYER):
        raise Http404
    try:
        employer = register_employer(_facts(given, actor), by=actor)
    except EmployerRefused as refusal:
        raise refused(refusal.reasons) from refusal
    return Status(201, _told(employer, unions=[]))


@router.get(
    "/{employer_id}",
    response={200: EmployerOut, **SHOWN},
    auth=open_to(Scope.EMPLOYERS_READ),
    operation_id="get_employer",
    summary="Show an employer",
)
def show(request: HttpRequest, employer_id: EmployerId) -> dict[str, Any]:
    """One employer."""
    employer = _related(visible_to(actor_of(request))).filter(pk=employer_id).first()
    if employer is None:
        raise Http404
    return _out(employer)


def _related(employers: Any) -> Any:
    present = Coverage.objects.filter(valid_to=None).select_related("union").order_by("union__code")
    return employers.select_related("place__union", "park").prefetch_related(Prefetch("coverages", present))


def _facts(given: EmployerIn, actor: Actor) -> EmployerFacts:
    union = meant_by(given.territorial_union, actor=actor, move=REGISTER_EMPLOYER)
    if isinstance(union, Reason):
        raise EmployerRefused({"territorial_union": union})
    unknown = _unknown_codes(given)
    if unknown:
        raise EmployerRefused(unknown)
    return EmployerFacts(place_id=union.pk, **given.model_dump(exclude={"territorial_union"}))


def _unknown_codes(given: EmployerIn) -> dict[str, Reason]:
    """Codes that their lists do not know."""
    found: dict[str, Reason] = {}
    if given.trade_code and given.trade_code not in TRADES.titles:
        found["trade_code"] = Reason("code_unknown", _UNKNOWN, {"written": given.trade_code})
    known = OWNERSHIP_LISTS.get(given.ownership_list)
    if (given.ownership_list or given.ownership_code) and (known is None or given.ownership_code not in known.titles):
        found["ownership_code"] = Reason("code_unknown", _UNKNOWN, {"written": given.ownership_code})
    return found


def _out(employer: Employer) -> dict[str, Any]:
    return _told(employer, unions=[coverage.union.code for coverage in employer.coverages.all()])


def _told(employer: Employer, *, unions: list[str | None]) -> dict[str, Any]:
    return {
        "id": employer.pk,
        "territorial_union": employer.place.union.code,
        "unions": unions,
        "park": employer.park.name if employer.park else "",
        **{
            name: getattr(employer, name)
            for name in EmployerOut.model_fields
            if name not in ("id", "territorial_union", "unions", "park")
        },
    }


add_list(
    router,
    EMPLOYERS,
    words="The employers of one's own territory, and those one's own unions cover, by name.",
    scope=Scope.EMPLOYERS_READ,
    shape=Shape(EmployerOut, _out, _related, for_all=True),
)

_UNKNOWN = gettext_noop("代码表里没有「{written}」。")
