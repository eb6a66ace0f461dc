"""Register employers, change what is registered of them, say which unions cover them; each with its journal entry."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.services import lock_tree
from niangjia.registers.employers.heads import note_declared
from niangjia.registers.employers.models import Coverage, Employer, Park
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules.employer_facts import EmployerFacts, employer_faults, tidy_employer_name
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, REGISTER_EMPLOYER
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to as unions_visible_to
from niangjia.registers.orgs.rules import tidy_credit_code


class EmployerRefused(Exception):
    """What is wrong with an employer's facts, by field; nothing was changed."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def register_employer(facts: EmployerFacts, *, by: Actor) -> Employer:
    """Register an employer (单位登记) in the territory of a union within the actor's reach."""
    facts = _tidy(facts)
    union = _territorial_union(facts.place_id, by=by, move=REGISTER_EMPLOYER)
    _refuse_faults(facts, known=None)
    employer = Employer.objects.create(city=union.city, **_columns(facts))
    employer.place = union.place  # known already, for whoever tells of it
    note_declared(employer, by=by, on=clock.today())
    _record("register_employer", employer, by=by, detail=_words(facts, code=union.code))
    return employer


@transaction.atomic
def edit_employer(employer_id: int, facts: EmployerFacts, *, by: Actor, revision: int | None = None) -> Employer:
    """Change what is registered of an employer; `revision` is the one the editor saw."""
    employer = _editable(employer_id, by=by)
    if revision is not None and revision != employer.revision:
        raise EmployerRefused({"__all__": Reason("changed_since", _CHANGED_SINCE, {})})
    facts = _tidy(facts)
    union = _territorial_union(facts.place_id, by=by, move=EDIT_EMPLOYER)
    _refuse_faults(facts, known=employer)
    before, after = _words(facts_of(employer), code=_code_of(employer)), _words(facts, code=union.code)
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if facts.legal_representative != employer.legal_representative:
        changed["legal_representative"] = ["", ""]
    if changed:
        Employer.objects.filter(pk=employer.pk).update(city=union.city, **_columns(facts))
        _record("edit_employer", employer, by=by, detail=changed)
    kept = Employer.objects.get(pk=employer.pk)
    if {"employees", "women_employees"} & changed.keys():
        note_declared(kept, by=by, on=clock.today())
    return kept


@transaction.atomic
def attach_union(employer_id: int, union_id: int, *, by: Actor, on: date) -> Coverage:
    """Say that a union covers an employer from a day on (建会、覆盖)."""
    employer = _editable(employer_id, by=by)
    union = unions_visible_to(by, move=EDIT_EMPLOYER).filter(pk=union_id, place__closed_on=None).first()
    if union is None:
        raise EmployerRefused({"union": Reason("union_unknown", _UNION_UNKNOWN, {})})
    if Coverage.objects.filter(employer=employer, union=union, valid_to=None).exists():
        raise EmployerRefused({"union": Reason("covered_already", _COVERED, {"name": union.name})})
    coverage = Coverage.objects.create(city=union.city, employer=employer, union=union, valid_from=on)
    _record("attach_union", employer, by=by, detail={"union": ["", union.name], "on": str(on)})
    return coverage


@transaction.atomic
def detach_union(employer_id: int, union_id: int, *, by: Actor, on: date) -> None:
    """Say that a union covers an employer no more (取消覆盖); members keep their membership."""
    employer = _editable(employer_id, by=by)
    coverage = Coverage.objects.filter(employer=employer, union=union_id, valid_to=None).select_related("union").first()
    if coverage is None:
        raise EmployerRefused({"union": Reason("not_covered", _NOT_COVERED, {})})
    Coverage.objects.filter(pk=coverage.pk).update(valid_to=max(on, coverage.valid_from))
    _record("detach_union", employer, by=by, detail={"union": [coverage.union.name, ""], "on": str(on)})


def facts_of(employer: Employer) -> EmployerFacts:
    """What is registered of an employer now."""
    return EmployerFacts(
        name=employer.name,
        place_id=employer.place_id,
        uscc=employer.uscc or "",
        region_code=employer.region_code,
        trade_code=employer.trade_code,
        ownership_list=employer.ownership_list,
        ownership_code=employer.ownership_code,
        employees=employer.employees,
        women_employees=employer.women_employees,
        opened_on=employer.opened_on,
        closed_on=employer.closed_on,
        address=employer.address,
        park_id=employer.park_id,
        legal_representative=employer.legal_representative,
    )


def _tidy(facts: EmployerFacts) -> EmployerFacts:
    return replace(
        facts,
        name=tidy_employer_name(facts.name),
        uscc=tidy_credit_code(facts.uscc),
        legal_representative=tidy_employer_name(facts.legal_representative),
    )


def _editable(employer_id: int, *, by: Actor) -> Employer:
    """The employer, locked; what is out of reach is as good as not there."""
    found = in_territory(by, move=EDIT_EMPLOYER).filter(pk=employer_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return Employer.objects.select_for_update().get(pk=found)


def _territorial_union(place_id: int, *, by: Actor, move: Move) -> Union:
    union = unions_visible_to(by, move=move).filter(pk=place_id, place__closed_on=None).first()
    if union is None:
        raise EmployerRefused({"place": Reason("union_unknown", _UNION_UNKNOWN, {})})
    return union


def _refuse_faults(facts: EmployerFacts, *, known: Employer | None) -> None:
    reasons = employer_faults(facts)
    if facts.park_id is not None and not Park.objects.filter(pk=facts.park_id).exists():
        reasons["park"] = Reason("park_unknown", _PARK_UNKNOWN, {})
    if facts.uscc and "uscc" not in reasons:
        lock_tree()  # two at once may not register the same code
        others = Employer.objects.exclude(pk=known.pk) if known else Employer.objects.all()
        with beyond(Purpose.ONE_OF_A_KIND):
            is_taken = others.filter(uscc=facts.uscc).exists()
        if is_taken:
            reasons["uscc"] = Reason("uscc_taken", _USCC_TAKEN, {})
    if reasons:
        raise EmployerRefused(reasons)


def _columns(facts: EmployerFacts) -> dict[str, Any]:
    return asdict(facts) | {"uscc": facts.uscc or None}


def _words(facts: EmployerFacts, *, code: str | None) -> dict[str, Any]:
    """The facts as the journal tells them: the territorial union by its code, the park by its name.

    Whose name stands on the licence is not told: an entry can never be erased.
    """
    said = {name: str(value) if isinstance(value, date) else value for name, value in asdict(facts).items()}
    del said["place_id"], said["park_id"], said["legal_representative"]
    park = Park.objects.filter(pk=facts.park_id).values_list("name", flat=True).first() if facts.park_id else None
    return said | {"place": code, "park": park or ""}


def _code_of(employer: Employer) -> str | None:
    return Union.objects.filter(pk=employer.place_id).values_list("code", flat=True).first()


def _record(verb: str, employer: Employer, *, by: Actor, detail: dict[str, Any]) -> None:
    place = (employer.city, employer.place_id)
    record(verb, by=by, thing="employer", thing_id=employer.pk, place=place, detail=detail)


_CHANGED_SINCE = gettext_noop("您打开这一页以后，别人改过。下面是您写的，请先看看现在的内容，再改一次。")
_UNION_UNKNOWN = gettext_noop("找不到这个工会，或者它不归您管。写工会编码或全称。")
_USCC_TAKEN = gettext_noop("这个统一社会信用代码已经登记过一个单位。请先按代码找一找。")
_PARK_UNKNOWN = gettext_noop("没有登记过这个园区。")
_COVERED = gettext_noop("「{name}」已经覆盖这个单位了。")
_NOT_COVERED = gettext_noop("这个工会现在没有覆盖这个单位。")
