"""Register unions, change what is registered of them, close them; each with its journal entry."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.intake.lists import Tried, resume_key_of, sheet_facts
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.services import Author, record
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.services import (
    CannotStand,
    close_place,
    lock_tree,
    move_place,
    open_place,
    set_second_parents,
)
from niangjia.registers.orgs.closing import carry_out, effects_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import closable_by, visible_to
from niangjia.registers.orgs.rules import Level, UnionKind, next_union_code, tidy_credit_code
from niangjia.registers.orgs.rules.moves import EDIT_UNION, REGISTER_UNION
from niangjia.registers.orgs.rules.union_facts import (
    NO_CITY,
    USCC_PREPARING,
    UnionFacts,
    city_of,
    facts_faults,
    tidy_union_name,
)
from niangjia.registers.orgs.union_list.columns import Fault
from niangjia.registers.orgs.union_list.deciding import Plan, decide
from niangjia.registers.orgs.union_list.landing import Landing, write_remarks
from niangjia.registers.orgs.union_list.reading import UnionSheet, read_unions
from niangjia.registers.orgs.union_list.register import register_for
from niangjia.registers.orgs.union_list.undoing import Touched, touched_since, undo

DRAWN_CODE = r"^[0-9]{11}[0-9A-Z]$"


KIND = "unions"


@dataclass(frozen=True)
class Landed:
    """What came of a list of unions: counts, faults in the order of the file, the sheet; no batch after a trial."""

    counts: dict[str, int]
    faults: list[Fault]
    sheet: UnionSheet
    batch: Import | None = None


class UndoRefused(Exception):
    """An import that cannot be undone, with every union that stands in the way."""

    def __init__(self, touched: list[Touched]) -> None:
        super().__init__(", ".join(each.code for each in touched))
        self.touched = touched


class UnionRefused(Exception):
    """What is wrong with a union's facts, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def register_union(facts: UnionFacts, *, by: Actor, on: date) -> Union:
    """Register a union (工会建档) under its parent from a day on; a code is drawn where none is given."""
    lock_tree()
    facts = _tidy(facts)
    parent = _open_place_of(facts.parent_id, "parent", by=by, move=REGISTER_UNION)
    check(by, REGISTER_UNION, parent.path if parent else "")
    second_parent = _second_parent(facts.second_parent_id)
    return begin_union(facts, parent, by=by, on=on, second_parent=second_parent)


def begin_union(
    facts: UnionFacts, parent: Place | None, *, by: Author, on: date, second_parent: Place | None = None
) -> Union:
    """A union is there from a day on, in the caller's transaction and scope; whoever calls has judged that it may be."""
    facts = _tidy(facts)
    _refuse_faults(facts, parent, known=None)
    city = city_of(facts.region_code, parent_city=parent.city if parent else None)
    facts = replace(facts, code=facts.code or _draw_code(facts, parent))
    place = _standing_at(
        "parent", lambda: open_place(facts.level, city=city, on=on, parent=parent, second_parent=second_parent)
    )
    union = Union.objects.create(place=place, city=city, **_columns(facts), code=facts.code, kind=facts.kind.value)
    record("register_union", by=by, thing="union", thing_id=place.pk, place=(city, place.pk), detail=_words(facts))
    return union


@transaction.atomic
def edit_union(union_id: int, facts: UnionFacts, *, by: Actor, on: date, revision: int | None = None) -> Union:
    """Change what is registered of a union; its code, level and kind stay. `revision` is the one the editor saw."""
    lock_tree()
    union = visible_to(by, move=EDIT_UNION).select_for_update(of=("self",)).filter(pk=union_id).first()
    if union is None:
        raise Forbidden("out_of_scope")
    if revision is not None and revision != union.revision:
        raise UnionRefused({"__all__": Reason("changed_since", _CHANGED_SINCE, {})})
    facts = replace(_tidy(facts), code=union.code, level=Level(union.place.level), kind=union_kind(union))
    parent = _new_parent(union, facts, by=by)
    _second_parent(facts.second_parent_id)
    _refuse_faults(facts, parent, known=union)
    before = _words(facts_of(union))
    if before == _words(facts):
        return union
    if union.place.parent_id != facts.parent_id:
        _standing_at("parent", lambda: move_place(union.place, parent, on=on))
    if union.place.second_parent_id != facts.second_parent_id:
        set_second_parents({union.pk: facts.second_parent_id}, on=on)
    Union.objects.filter(pk=union.pk).update(**_columns(facts))
    changed = {name: [before[name], after] for name, after in _words(facts).items() if before[name] != after}
    record("edit_union", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=changed)
    return Union.objects.select_related("place").get(pk=union.pk)


@transaction.atomic
def close_union(union_id: int, *, by: Actor, on: date) -> Union:
    """Close a union (撤销建制) with a day, from above; what follows for members, employers and rights is done with it.

    Not while unions stand below it, or anything else is in the way. Its code is never given again.
    """
    lock_tree()
    union = closable_by(by).filter(pk=union_id).first()
    if union is None:
        raise Forbidden("out_of_scope")
    against = [effect for effect in effects_of(union, on=on) if effect.blocks]
    if against:
        raise UnionRefused({"__all__": Reason("in_the_way", str(against[0].words), {})})
    done = carry_out(union, by=by, on=on)
    _standing_at("__all__", lambda: close_place(union.place, on=on))
    detail = {"on": str(on)} | done
    record("close_union", by=by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail)
    return Union.objects.select_related("place").get(pk=union.pk)


@transaction.atomic
def import_unions(path: Path, *, filename: str, by: Actor, on: date, given: Mapping[str, str] | None = None) -> Landed:
    """Take over a list of unions (导入工会名单): all rows that are right land together; `Refusal` where the file is of no use."""
    read = read_unions(path, filename=filename, given=given)
    lock_tree()
    register = register_for(read.lines, by=by)
    plan = decide(read.lines, register)
    landed = counted(read, plan)
    batch = Import.objects.create(**_batch_facts(path, filename, read, by=by), **landed.counts, finished_at=clock.now())
    Landing(batch=batch, unions=register.unions, on=on).land(plan)
    write_remarks(batch, landed.faults, headers=read.headers)
    detail = {**landed.counts, "file": filename, "sha256": bytes(batch.file_sha256).hex()}
    record("import_unions", by=by, thing="import", thing_id=batch.pk, detail=detail)
    return replace(landed, batch=batch)


def try_unions(path: Path, *, filename: str, by: Actor, given: Mapping[str, str] | None = None) -> Landed:
    """What an import of this list would do (试运行); nothing is changed."""
    read = read_unions(path, filename=filename, given=given)
    return counted(read, decide(read.lines, register_for(read.lines, by=by)))


@transaction.atomic
def undo_import(batch: Import, *, by: Actor, on: date) -> Import:
    """Undo an import of unions (撤销导入); `UndoRefused` with a list where something was changed or is used since."""
    lock_tree()
    batch = Import.objects.select_for_update().get(pk=batch.pk)
    if batch.kind != KIND or batch.state != State.DONE:
        raise UndoRefused([Touched("", batch.file_name, Reason("not_landed", _NOT_LANDED, {}))])
    with beyond(Purpose.UNION_LIST):
        touched = touched_since(batch)
        if touched:
            raise UndoRefused(touched)
        undo(batch, on=on)
    Import.objects.filter(pk=batch.pk).update(state=State.UNDONE, finished_at=clock.now())
    record("undo_import", by=by, thing="import", thing_id=batch.pk, detail={"kind": KIND})
    return Import.objects.get(pk=batch.pk)


def facts_of(union: Union) -> UnionFacts:
    """What is registered of a union now."""
    return UnionFacts(
        name=union.name,
        level=Level(union.place.level),
        kind=union_kind(union),
        parent_id=union.place.parent_id,
        second_parent_id=union.place.second_parent_id,
        code=union.code,
        uscc=union.uscc or "",
        region_code=union.region_code,
        address=union.address,
        phone=union.phone,
    )


def union_kind(union: Union) -> UnionKind:
    """The union's kind as the rules know it."""
    return UnionKind(union.kind)


def _tidy(facts: UnionFacts) -> UnionFacts:
    return replace(
        facts,
        name=tidy_union_name(facts.name),
        code=facts.code.strip(),
        uscc=tidy_credit_code(facts.uscc),
        region_code=facts.region_code.strip(),
    )


def _open_place_of(place_id: int | None, field: str, *, by: Actor, move: Move) -> Place | None:
    """The place a union shall stand under; what is out of the actor's reach is as good as not there."""
    if place_id is None:
        return None
    union = visible_to(by, move=move).filter(pk=place_id, place__closed_on=None).first()
    if union is None:
        raise UnionRefused({field: Reason("parent_unknown", _PARENT_UNKNOWN, {})})
    return union.place


def _second_parent(place_id: int | None) -> Place | None:
    if place_id is None:
        return None
    place = Place.objects.filter(pk=place_id, closed_on=None).first()
    if place is None:
        raise UnionRefused({"second_parent": Reason("second_parent_unknown", _SECOND_PARENT_UNKNOWN, {})})
    return place


def _new_parent(union: Union, facts: UnionFacts, *, by: Actor) -> Place | None:
    """The parent stays as it is, even one above the actor's reach; a new one has to be within it."""
    if facts.parent_id == union.place.parent_id:
        return union.place.parent
    parent = _open_place_of(facts.parent_id, "parent", by=by, move=EDIT_UNION)
    check(by, EDIT_UNION, parent.path if parent else "")
    return parent


def _refuse_faults(facts: UnionFacts, parent: Place | None, *, known: Union | None) -> None:
    reasons = facts_faults(facts, parent=Level(parent.level) if parent else None)
    if known and known.place.parent_id is None and parent is None:
        reasons.pop("parent", None)
    others = Union.objects.exclude(pk=known.pk) if known else Union.objects.all()
    if facts.code and others.filter(code=facts.code).exists():
        reasons["code"] = Reason("code_taken", _CODE_TAKEN, {})
    if facts.uscc and others.filter(uscc=facts.uscc).exists():
        reasons["uscc"] = Reason("uscc_taken", _USCC_TAKEN, {})
    if facts.uscc and known and known.is_preparing:
        reasons["uscc"] = Reason("uscc_preparing", USCC_PREPARING, {})
    if facts.second_parent_id and facts.second_parent_id in (facts.parent_id, known.pk if known else None):
        reasons["second_parent"] = Reason("second_parent_same", _SECOND_PARENT_SAME, {})
    if reasons:
        raise UnionRefused(reasons)


def _draw_code(facts: UnionFacts, parent: Place | None) -> str:
    """The next code of the union's region, or of the nearest region above it."""
    region_code = facts.region_code or _region_above(parent)
    region = region_code[:6] or NO_CITY
    drawn = Union.objects.filter(Q(code__startswith=region) & Q(code__regex=DRAWN_CODE))
    last = drawn.order_by("-code").values_list("code", flat=True).first()
    return next_union_code(region, last_code=last)


def _region_above(parent: Place | None) -> str:
    if parent is None:
        return ""
    ids = [int(part) for part in parent.path.split(".") if part]
    regions = dict(Union.objects.filter(pk__in=ids).exclude(region_code="").values_list("pk", "region_code"))
    return next((regions[pk] for pk in reversed(ids) if pk in regions), parent.city)


def _standing_at(field: str, change: Callable[[], Place]) -> Place:
    """What the tree refuses, said beside the field it is about."""
    try:
        return change()
    except CannotStand as refused:
        raise UnionRefused({field: refused.reason}) from refused


def _columns(facts: UnionFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "uscc": facts.uscc or None,
        "region_code": facts.region_code,
        "address": facts.address,
        "phone": facts.phone,
    }


def counted(read: UnionSheet, plan: Plan) -> Landed:
    """Counts that add up to the rows that were read."""
    faults = sorted([*read.faults, *plan.faults], key=lambda fault: fault.seq)
    counts = {
        "rows_in": read.rows_in,
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": plan.unchanged,
        "rejected": len(plan.rejected | {fault.seq for fault in read.faults}),
        "conflicts": 0,
    }
    return Landed(counts=counts, faults=faults, sheet=read)


def _batch_facts(path: Path, filename: str, read: UnionSheet, *, by: Actor) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return {
        "city": NO_CITY,
        "kind": KIND,
        "account_id": by.account_id,
        "author": by.words,
        "file_name": filename[:255],
        "file_bytes": path.stat().st_size,
        "file_sha256": digest,
        "resume_key": resume_key_of(KIND, digest, by=by),
        "state": State.DONE,
        **sheet_facts(tried_facts(read, {})),
    }


def tried_facts(read: UnionSheet, counts: Mapping[str, int]) -> Tried:
    """A list as it was read, with what its rows came to."""
    return Tried(read.sheet, read.headers, read.rows_in, counts, read.hidden_rows, read.hidden_sheets)


def _words(facts: UnionFacts) -> dict[str, Any]:
    """The facts as the journal tells them: parents by their codes."""
    said = asdict(facts)
    ids = {"parent": said.pop("parent_id"), "second_parent": said.pop("second_parent_id")}
    codes = dict(Union.objects.filter(pk__in=[pk for pk in ids.values() if pk]).values_list("pk", "code"))
    return said | {name: codes.get(pk, "") for name, pk in ids.items()}


_NOT_LANDED = gettext_noop("这次导入没有入库，或者已经撤销过了。")
_CHANGED_SINCE = gettext_noop("您打开这一页以后，别人改过。下面是您写的，请先看看现在的内容，再改一次。")
_PARENT_UNKNOWN = gettext_noop("找不到这个上级工会，或者它不归您管。写工会编码，或者从列表里选。")
_SECOND_PARENT_UNKNOWN = gettext_noop("找不到第二上级。看看编码有没有抄错；没有的空着。")
_SECOND_PARENT_SAME = gettext_noop("第二上级和上级是同一个，或者就是它自己。没有第二上级的空着。")
_CODE_TAKEN = gettext_noop("这个工会编码已经有了。编码用过就不再给别的工会；空着会自动编一个。")
_USCC_TAKEN = gettext_noop("这个代码已经登记在另一个工会名下。对着两本证书看看哪个抄错了。")
