"""Approve that a union is prepared, and let a preparation go: the union in preparation, its group, whose workers it is for."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade, make
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.queries import in_territory
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER
from niangjia.registers.employers.services import EmployerRefused, register_employer
from niangjia.registers.founding.models import (
    Founding,
    FoundingApplication,
    FoundingEmployer,
    FoundingState,
    Preparer,
)
from niangjia.registers.founding.queries import founding_of, others_asking, preparing_for, union_of
from niangjia.registers.founding.rules.results import group_fault, lines_of
from niangjia.registers.founding.rules.workflow import ABANDON, MERGE, PREPARE
from niangjia.registers.founding.telling import tell_her
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.preparing import register_in_preparation
from niangjia.registers.orgs.rules import Level, UnionKind, tidy_credit_code
from niangjia.registers.orgs.rules.levels import UnionForm
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import UnionRefused, close_union


@dataclass(frozen=True)
class Plan:
    """What a preparation is begun with (筹建方案): the union's name and form, its group, for which employers."""

    name: str
    form: str
    group: tuple[str, ...]
    others: tuple[str, ...]


@transaction.atomic
def prepare(case_id: int, pressed: Pressed) -> Case:
    """Approve the preparation (准予筹建): the union stands there as one in preparation, and may be joined."""
    plan = _plan(pressed)
    case = press(case_id, PREPARE, pressed)
    application = FoundingApplication.objects.select_for_update(of=("self",)).get(pk=case_id)
    employer = _employer(application, case, pressed)
    employers = [employer, *_others(plan, but=employer, by=pressed.by)]
    _refuse_with_union(employers)
    on = _day(pressed)
    union = _union(plan, employer, case, by=pressed.by, on=on)
    founding = Founding.objects.create(union=union, case=case, city=union.city, form=plan.form, prepared_on=on)
    _written(founding, plan, employers)
    detail = {"union": union.name, "form": plan.form, "group": len(plan.group)}
    record(
        "prepare_union", by=pressed.by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail
    )
    tell_her("founding_prepared", application, place=union.pk)
    _merge_others(case, employer, union, pressed)
    return case


@transaction.atomic
def abandon(case_id: int, pressed: Pressed) -> Case:
    """Let a preparation go (不再筹建): the union in preparation is closed, what membership there is is kept above."""
    case = press(case_id, ABANDON, pressed)
    founding = founding_of(case_id)
    application = FoundingApplication.objects.select_for_update(of=("self",)).get(pk=case_id)
    if founding is not None:
        Founding.objects.filter(pk=founding.pk).update(state=FoundingState.ABANDONED)
        FoundingEmployer.objects.filter(founding=founding).update(is_open=False)
        try:
            close_union(founding.union_id, by=pressed.by, on=_day(pressed))
        except UnionRefused as refused:
            raise NotMade(next(iter(refused.reasons.values()))) from refused
    application.settled_at = pressed.at
    application.save(update_fields=["settled_at"])
    tell_her("founding_abandoned", application)
    return case


def _day(pressed: Pressed) -> date:
    return pressed.at.astimezone(clock.PEOPLE_ZONE).date()


def _plan(pressed: Pressed) -> Plan:
    """The plan as written; a joint union is for two employers at least."""
    given = pressed.answers
    plan = Plan(
        str(given.get("union_name") or ""),
        str(given.get("form") or ""),
        lines_of(str(given.get("group") or "")),
        lines_of(str(given.get("others") or "")),
    )
    fault = group_fault(plan.group)
    if fault is None and plan.form == UnionForm.JOINT_COMMITTEE.value and not plan.others:
        fault = Reason("joint_alone", _JOINT_ALONE, {})
    if fault is not None:
        raise NotMade(fault)
    return plan


def _employer(application: FoundingApplication, case: Case, pressed: Pressed) -> Employer:
    """The employer of the register; one that was only written of is registered now."""
    if application.employer_id is None:
        name = str(pressed.answers.get("employer_name") or application.employer_name)
        uscc = str(pressed.answers.get("employer_uscc") or application.employer_uscc)
        facts = EmployerFacts(name=name, place_id=case.place_id, uscc=uscc)
        try:
            employer = register_employer(facts, by=pressed.by)
        except EmployerRefused as refused:
            raise NotMade(next(iter(refused.reasons.values()))) from refused
        application.employer = employer
        application.save(update_fields=["employer"])
        return employer
    found = in_territory(pressed.by, move=EDIT_EMPLOYER).filter(pk=application.employer_id, closed_on=None).first()
    if found is None:
        raise NotMade(Reason("employer_away", _EMPLOYER_AWAY, {}))
    return found


def _others(plan: Plan, *, but: Employer, by: Actor) -> list[Employer]:
    """The other employers of a joint union, by credit code or whole name, in the actor's territory."""
    if plan.form != UnionForm.JOINT_COMMITTEE.value:
        return []
    reachable = in_territory(by, move=EDIT_EMPLOYER).filter(closed_on=None).exclude(pk=but.pk)
    found = []
    for written in plan.others:
        code = tidy_credit_code(written)
        meant = list(reachable.filter(uscc=code)[:1]) or list(reachable.filter(name=written).order_by("pk")[:2])
        if len(meant) != 1:
            raise NotMade(Reason("employer_unknown", _UNKNOWN, {"written": written}))
        found += meant
    return found


def _refuse_with_union(employers: list[Employer]) -> None:
    for employer in employers:
        union = union_of(employer.pk)
        if union is not None:
            raise NotMade(Reason("union_there", _UNION_THERE, {"employer": employer.name, "name": union.name}))
    under_way = preparing_for([employer.pk for employer in employers]).first()
    if under_way is not None:
        raise NotMade(Reason("being_prepared", _PREPARED, {"name": under_way.union.name}))


def _union(plan: Plan, employer: Employer, case: Case, *, by: Actor, on: date) -> Union:
    facts = UnionFacts(
        name=plan.name, level=Level.BASE, kind=UnionKind.BASE, parent_id=case.place_id, address=employer.address
    )
    try:
        return register_in_preparation(facts, by=by, on=on)
    except UnionRefused as refused:
        raise NotMade(next(iter(refused.reasons.values()))) from refused


def _written(founding: Founding, plan: Plan, employers: list[Employer]) -> None:
    """The group, its head first, and the employers."""
    Preparer.objects.bulk_create(
        Preparer(founding=founding, city=founding.city, name=name, is_head=place == 0)
        for place, name in enumerate(plan.group)
    )
    FoundingEmployer.objects.bulk_create(
        FoundingEmployer(founding=founding, employer=employer, city=founding.city) for employer in employers
    )


def _merge_others(case: Case, employer: Employer, union: Union, pressed: Pressed) -> None:
    """Whoever else asked for the same employer is told that it is under way, and of nobody who asked besides."""
    with beyond(Purpose.CASES):
        for application in others_asking(case, employer.pk, employer.name).select_related("case").order_by("pk"):
            make(application.pk, MERGE, by=CLOCK, at=pressed.at)
            application.settled_at = pressed.at
            application.save(update_fields=["settled_at"])
            tell_her("founding_merged", application, place=union.pk)


_JOINT_ALONE = gettext_noop("联合工会由两个以上单位一起建。写上另外的单位，一行一个，写全称或者信用代码。")
_EMPLOYER_AWAY = gettext_noop("这个单位不归您这里管，或者已经关停。转给单位所在地的工会办。")
_UNKNOWN = gettext_noop("找不到单位「{written}」，或者有几个同名的。写统一社会信用代码，或者先登记这个单位。")
_UNION_THERE = gettext_noop("「{employer}」已经有工会：「{name}」。不用再建；请申请人到那里入会。")
_PREPARED = gettext_noop("已经在筹建「{name}」，一个单位不能同时筹建两个。")
