"""Which imports somebody may see, and what the remarks on their rows come to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Min, QuerySet, Value, When

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, Outcome, Remark, State
from niangjia.kernel.intake.sheets import Header, recognise
from niangjia.kernel.worded import Worded
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.roster.columns import FIELDS, LABELS
from niangjia.registers.members.roster.reports import said
from niangjia.registers.members.roster.sentences import UNDO_SENTENCES
from niangjia.registers.members.roster.services import KIND
from niangjia.registers.members.rules.moves import IMPORT_ROSTER

PROBLEMS_SHOWN = 20
IMPORTS_OFFERED = 50


@dataclass(frozen=True)
class Problem:
    """The same thing wrong in several rows (同样的问题): its first row, and how many rows more."""

    remark: Remark
    about: str
    more: int


@dataclass(frozen=True)
class Blocker:
    """Who stands in the way of an undo, and why; no person where it is the import's own state."""

    person_id: int | None
    words: str


@dataclass(frozen=True)
class Named:
    """A column as an import took it: header, what it became, whether by its name or because somebody said so."""

    written: str
    label: str
    is_by_name: bool


def visible_to(actor: Actor) -> QuerySet[Import]:
    """The imports of the actor's subtrees; absent and forbidden look the same."""
    scope = within(actor.paths(IMPORT_ROSTER), field="place__path")
    return Import.objects.filter(scope, kind=KIND).select_related("place__union", "account")


def landed_lately(actor: Actor) -> list[tuple[str, str]]:
    """The imports that members may be narrowed to: id and file."""
    paths = actor.paths(IMPORT_ROSTER)
    landed = LANDED(path=paths[0]) if len(paths) == 1 and paths[0] else _landed(paths)
    return [(str(pk), file_name) for pk, file_name in landed]


def _landed(paths: tuple[str, ...]) -> QuerySet[Any, Any]:
    rows = Import.objects.filter(within(paths, field="place__path"), kind=KIND, state=State.DONE)
    return rows.order_by("-id").values_list("pk", "file_name")[:IMPORTS_OFFERED]


LANDED = Worded(lambda path: _landed((path,)), path=str)


def landed_by(people: QuerySet[Person], import_id: str) -> QuerySet[Person]:
    """Of these people, those whom an import made members."""
    return people.filter(pk__in=Membership.objects.filter(intake=int(import_id)).values("person"))


def problems_of(batch: Import, outcome: Outcome) -> list[Problem]:
    """What is wrong, each problem once, in the order of the rows; unknown unions are a problem for each name."""
    about = Case(When(code__startswith="union_", then=F("shown")), default=Value(""))
    groups = list(
        batch.remarks.filter(outcome=outcome)
        .order_by()
        .annotate(about=about)
        .values("code", "about")
        .annotate(rows=Count("id"), first=Min("id"))
        .order_by("first")[:PROBLEMS_SHOWN]
    )
    firsts = batch.remarks.in_bulk([group["first"] for group in groups])
    return [Problem(firsts[group["first"]], group["about"], group["rows"] - 1) for group in groups]


def remarks_of(batch: Import, outcome: Outcome, *, code: str = "", about: str = "") -> QuerySet[Remark]:
    """The remarks of one kind in the order of the rows, where asked those with one problem."""
    remarks = batch.remarks.filter(outcome=outcome).order_by("seq", "id")
    if code:
        remarks = remarks.filter(code=code)
    return remarks.filter(shown=about) if about else remarks


def in_the_way(batch: Import) -> list[Blocker]:
    """What kept an import from being undone when it was asked for last, in the reader's language."""
    kept = batch.refusal.get("blockers", [])
    ids = [blocker["path"].rpartition("/")[2] for blocker in kept]
    names = dict(Person.objects.filter(pk__in=[pk for pk in ids if pk.isdigit()]).values_list("pk", "name"))
    blockers = []
    for pk, blocker in zip(ids, kept, strict=True):
        person_id = int(pk) if pk.isdigit() else None
        name = names.get(person_id, "") if person_id else ""
        blockers.append(Blocker(person_id, said(UNDO_SENTENCES[blocker["code"]], {"name": name})))
    return blockers


def columns_of(batch: Import) -> list[Named]:
    """What the columns became, in the order of the items; those left out come last."""
    usual = recognise([(1, list(batch.mapping))], FIELDS)
    by_name = {column.written: column.field for column in usual.columns} if isinstance(usual, Header) else {}
    order = {field.code: place for place, field in enumerate(FIELDS)}
    taken = sorted(batch.mapping.items(), key=lambda pair: (order.get(pair[1], len(order)), pair[0]))
    return [Named(written, LABELS.get(field, ""), by_name.get(written) == field) for written, field in taken]
