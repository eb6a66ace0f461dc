"""Report an election and approve it: members are counted by the register, the union exists by a document of the one above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.registers.committees.queries import people_of
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post, TermForm
from niangjia.registers.committees.rules.composition import Composed, composition_fault, is_single
from niangjia.registers.committees.services import Elected, TermRefused, begin_term
from niangjia.registers.employers.services import EmployerRefused, attach_union
from niangjia.registers.founding.models import (
    Founding,
    FoundingApplication,
    FoundingEmployer,
    FoundingState,
    ReportedSeat,
)
from niangjia.registers.founding.queries import members_of, persons_named
from niangjia.registers.founding.rules.forms import form_fault
from niangjia.registers.founding.rules.results import Counted, lines_of, result_fault
from niangjia.registers.founding.rules.workflow import APPROVE, FOUNDED, REPORT
from niangjia.registers.founding.telling import tell_her, tell_of_result
from niangjia.registers.orgs.preparing import found_union
from niangjia.registers.orgs.rules.levels import UnionForm


@dataclass(frozen=True)
class Named:
    """Whom the meeting elected, by name (当选名单): who leads, and who sits on which committee."""

    head: str
    members: tuple[str, ...]
    audit: tuple[str, ...]
    women: tuple[str, ...]

    @property
    def everybody(self) -> tuple[str, ...]:
        """Every name once."""
        return tuple(dict.fromkeys([self.head, *self.members, *self.audit, *self.women]))


@dataclass(frozen=True)
class Approval:
    """What the document of the union above says (批复): its number, its day, how many years."""

    document_no: str
    approved_on: date
    years: int


@transaction.atomic
def report(case_id: int, pressed: Pressed) -> Case:
    """Report what the election came to (上报选举结果): refused where it does not count, or somebody is no member."""
    case = press(case_id, REPORT, pressed)
    founding = _held(case_id)
    counted, named = _counted(founding, pressed), _named(founding, pressed)
    today = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    _refuse(result_fault(counted, prepared_on=founding.prepared_on, today=today))
    _refuse(form_fault(founding.form, members=members_of(founding)))
    chosen = _chosen(founding, named)
    _refuse(_composition(founding, chosen))
    founding.elected_on, founding.entitled = counted.elected_on, counted.entitled
    founding.present, founding.chair_votes = counted.present, counted.chair_votes
    founding.save(update_fields=["elected_on", "entitled", "present", "chair_votes"])
    ReportedSeat.objects.filter(founding=founding).delete()
    ReportedSeat.objects.bulk_create(
        ReportedSeat(
            founding=founding, city=founding.city, person_id=each.person_id, body=each.body.value, post=each.post.value
        )
        for each in chosen
    )
    tell_of_result(founding, by=pressed.by.account_id)
    return case


@transaction.atomic
def approve(case_id: int, pressed: Pressed) -> Case:
    """Approve the election (批复): the union exists from now on, covers its employers, and its first term begins."""
    case = press(case_id, APPROVE, pressed)
    case.refresh_from_db()
    if case.stage != FOUNDED:
        return case
    founding, approval = _held(case_id), _approval(pressed)
    _refuse_early(founding, approval, pressed)
    _refuse(form_fault(founding.form, members=members_of(founding)))
    founding.state, founding.document_no = FoundingState.FOUNDED, approval.document_no
    founding.approved_on, founding.term_years = approval.approved_on, approval.years
    founding.approved_by_id, founding.members_then = pressed.by.account_id, members_of(founding)
    founding.save()
    on = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    union = found_union(founding.union, document=approval.document_no, by=pressed.by, on=on)
    _cover(founding, by=pressed.by, on=on)
    _begin(founding, approval, by=pressed.by)
    detail = {"document": approval.document_no, "years": approval.years, "members": founding.members_then}
    record(
        "approve_founding", by=pressed.by, thing="union", thing_id=union.pk, place=(union.city, union.pk), detail=detail
    )
    _settled(case_id, pressed, union_id=union.pk)
    return case


def _held(case_id: int) -> Founding:
    """The union in preparation, held alone until the transaction ends."""
    rows = Founding.objects.select_for_update(of=("self",)).select_related("union__place", "case__place")
    founding = rows.filter(case=case_id).first()
    if founding is None:
        raise Forbidden("out_of_scope")
    return founding


def _refuse(reason: Reason | None) -> None:
    if reason is not None:
        raise NotMade(reason)


def _counted(founding: Founding, pressed: Pressed) -> Counted:
    """The figures of the election; who should come are the members, or the representatives where these elected."""
    given = pressed.answers
    members = members_of(founding)
    entitled = _number(given.get("delegates")) if given.get("by_delegates") is True else members
    day = date.fromisoformat(str(given.get("elected_on")))
    return Counted(day, entitled, _number(given.get("present")), _number(given.get("chair_votes")))


def _number(answer: object) -> int:
    return answer if isinstance(answer, int) else 0


def _named(founding: Founding, pressed: Pressed) -> Named:
    """The names as written; the two declarations that the law asks for are made."""
    given = pressed.answers
    if given.get("no_relatives") is not True:
        raise NotMade(Reason("relatives", _RELATIVES, {}))
    if given.get("no_heads") is not True:
        raise NotMade(Reason("heads", _HEADS, {}))
    is_alone = founding.form == UnionForm.ORGANISER.value
    head = " ".join(str(given.get("chair") or "").split())
    members = () if is_alone else tuple(each for each in _lines(given.get("members")) if each != head)
    return Named(head, members, _lines(given.get("audit")), _lines(given.get("women")))


def _lines(answer: object) -> tuple[str, ...]:
    return lines_of(str(answer or ""))


def _chosen(founding: Founding, named: Named) -> list[Chosen]:
    """Each name is one member of the union in preparation: nobody else can be elected (保留会籍 cannot either)."""
    found = persons_named(founding, named.everybody)
    for name, meant in found.items():
        if len(meant) != 1:
            raise NotMade(Reason("not_one_member", _TWO_OF_IT if meant else _NO_MEMBER, {"name": name}))
    ids = {name: each[0] for name, each in found.items()}
    is_alone = founding.form == UnionForm.ORGANISER.value
    chosen = [Chosen(ids[named.head], BodyKind.COMMITTEE, Post.ORGANISER if is_alone else Post.CHAIR)]
    chosen += [Chosen(ids[name], BodyKind.COMMITTEE) for name in named.members]
    return [
        *chosen,
        *_beside(founding, BodyKind.AUDIT, named.audit, ids),
        *_beside(founding, BodyKind.WOMEN, named.women, ids),
    ]


def _beside(founding: Founding, kind: BodyKind, names: Iterable[str], ids: dict[str, int]) -> list[Chosen]:
    """A committee beside the union's own: who is named first leads it, where it is more than one person."""
    people = [ids[name] for name in names]
    is_one = len(people) == 1 and is_single(kind, people_of(founding.union))
    return [
        Chosen(person, kind, Post.CHAIR if place == 0 and not is_one else Post.MEMBER)
        for place, person in enumerate(people)
    ]


def _composition(founding: Founding, chosen: list[Chosen]) -> Reason | None:
    """Why these cannot take office together: told when it is reported, not only when it is approved."""
    people, form = people_of(founding.union), TermForm(founding.form)
    if people.women and not any(each.body is BodyKind.WOMEN for each in chosen):
        return Reason("women_missing", _WOMEN, {"women": people.women})
    if not any(each.body is BodyKind.AUDIT for each in chosen):
        return Reason("audit_missing", _AUDIT, {})
    for kind in dict.fromkeys(each.body for each in chosen):
        body = Composed(kind, tuple(each for each in chosen if each.body is kind))
        fault = composition_fault(body, people, others=[each for each in chosen if each.body is not kind], form=form)
        if fault is not None:
            return fault
    return None


def _approval(pressed: Pressed) -> Approval:
    given = pressed.answers
    number = " ".join(str(given.get("document_no") or "").split())
    return Approval(number, date.fromisoformat(str(given.get("approved_on"))), int(str(given.get("years"))))


def _refuse_early(founding: Founding, approval: Approval, pressed: Pressed) -> None:
    """No approval before the election, none that is still to come, and each document once."""
    today = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    if founding.elected_on is None or not founding.elected_on <= approval.approved_on <= today:
        day = founding.elected_on.isoformat() if founding.elected_on else ""
        raise NotMade(Reason("approved_day", _APPROVED_DAY, {"day": day}))
    others = Founding.objects.filter(city=founding.city, document_no=approval.document_no).exclude(pk=founding.pk)
    if others.exists():
        raise NotMade(Reason("document_used", _DOCUMENT_USED, {"number": approval.document_no}))


def _cover(founding: Founding, *, by: Actor, on: date) -> None:
    """The union covers its employers from now on (建会、覆盖)."""
    for row in FoundingEmployer.objects.filter(founding=founding, is_open=True).order_by("pk"):
        try:
            attach_union(row.employer_id, founding.union_id, by=by, on=on)
        except EmployerRefused as refused:
            raise NotMade(next(iter(refused.reasons.values()))) from refused
    FoundingEmployer.objects.filter(founding=founding).update(is_open=False)


def _begin(founding: Founding, approval: Approval, *, by: Actor) -> None:
    """Its first term begins on the day of the election."""
    rows = ReportedSeat.objects.filter(founding=founding).order_by("pk")
    chosen = tuple(Chosen(row.person_id, BodyKind(row.body), Post(row.post)) for row in rows)
    try:
        begin_term(
            founding.union.place,
            years=approval.years,
            begins_on=founding.elected_on or approval.approved_on,
            document_number=approval.document_no,
            approved_on=approval.approved_on,
            by=by,
            elected=Elected(chosen, TermForm(founding.form)),
            number=1,
        )
    except TermRefused as refused:
        raise NotMade(next(iter(refused.reasons.values()))) from refused


def _settled(case_id: int, pressed: Pressed, *, union_id: int) -> None:
    application = FoundingApplication.objects.select_related("case").get(pk=case_id)
    application.settled_at = pressed.at
    application.save(update_fields=["settled_at"])
    tell_her("founding_founded", application, place=union_id)


_RELATIVES = gettext_noop("《工会法》第十条：企业主要负责人的近亲属不能当选。问清楚了，选「是」再报；有的，重新选举。")
_HEADS = gettext_noop(
    "单位行政正副职、合伙人、人事负责人和外籍职工不能当工会主席。问清楚了，选「是」再报；是的，重新选举。"
)
_NO_MEMBER = gettext_noop("「{name}」不是这个筹建中工会的会员。先入会，再当选；看看姓名是不是写错了。")
_TWO_OF_IT = gettext_noop("会员里有几个人都叫「{name}」，分不清是哪一位。在姓名后面加上证件号码的后四位，再报。")
_WOMEN = gettext_noop("有女会员 {women} 人，要有女职工委员；10 人以上的，设女职工委员会。写上选了谁。")
_AUDIT = gettext_noop("《工会法》第四十五条：要同时选出经费审查委员。写上选了谁。")
_APPROVED_DAY = gettext_noop("批复的日子不能早于选举（{day}），也不能还没有到。看看是不是写错了。")
_DOCUMENT_USED = gettext_noop("批复文号「{number}」用过了。一个文号批一个工会，对着文件再看一遍。")
