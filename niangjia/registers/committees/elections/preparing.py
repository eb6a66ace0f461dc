"""Prepare an election: begin it, plan it, name candidates, call the meeting; each refusal says its article."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import check
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.services import NotMade, open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.rules import Level
from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.queries import is_renewal, is_retained, open_election, seats_in
from niangjia.registers.committees.elections.rules.candidates import Nominee, why_not_stand
from niangjia.registers.committees.elections.rules.voting import candidates_fault
from niangjia.registers.committees.elections.rules.workflow import ELECTION, ElectionKind, Meeting
from niangjia.registers.committees.queries import chosen_in, members_among, people_of, present_term
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post, TermForm
from niangjia.registers.committees.rules.composition import audit_fault, form_fault
from niangjia.registers.committees.rules.moves import KEEP_COMMITTEES
from niangjia.registers.committees.rules.seats import congress_fault, seats_fault, seats_for
from niangjia.registers.committees.rules.terms import years_allowed, years_fault
from niangjia.registers.employers.models import Coverage
from niangjia.registers.members.queries import visible_to
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import UnionKind


@transaction.atomic
def begin_election(union: Union, *, by: Actor) -> Case:
    """Begin an election of a union (启动换届): by the union itself, or by who works above; one at a time."""
    check(by, KEEP_COMMITTEES, union.place.path)
    known = open_election(union.pk)
    if known is not None:
        return known.case
    try:
        with transaction.atomic():
            case = open_case(ELECTION, place=union.place, askers=[], by=by, at=clock.now())
            Election.objects.create(case=case, city=union.city, union=union)
    except IntegrityError:
        # Somebody else began it at the same instant.
        return Election.objects.select_related("case").get(union=union, settled_at=None).case
    return case


def planned(election: Election, answers: Mapping[str, Any]) -> None:
    """Who is elected by whom, and how many (选举方案): judged by how many members the union has now."""
    people = people_of(election.union)
    election.kind = str(answers["kind"])
    election.meeting = str(answers["meeting"])
    election.representatives = (
        _number(answers, "representatives") if election.meeting == Meeting.CONGRESS.value else None
    )
    if election.representatives is not None:
        _refuse(congress_fault(election.representatives, people.members))
    if election.kind == ElectionKind.BY_ELECTION.value:
        _plan_seat(election, Post(str(answers["post"])))
    else:
        _plan_committee(election, answers)
    election.save()


def _plan_committee(election: Election, answers: Mapping[str, Any]) -> None:
    union, people = election.union, people_of(election.union)
    form = TermForm(str(answers["form"]))
    employers = Coverage.objects.filter(union=union, valid_to=None).count()
    _refuse(form_fault(form, people, employers=employers))
    election.form, election.years = form.value, int(answers["years"])
    _refuse(years_fault(election.years, years_allowed(Level(union.place.level), UnionKind(union.kind))))
    if form is TermForm.ORGANISER:
        election.seats = 1
    else:
        election.seats = _number(answers, "seats")
        _refuse(seats_fault(election.seats, people.seats or seats_for(people.members), people.members))
    election.standing_seats = _number(answers, "standing_seats")
    election.audit_seats = _number(answers, "audit_seats")
    _refuse(audit_fault(election.audit_seats, people))


def _plan_seat(election: Election, wanted: Post) -> None:
    """One seat of the present term is filled (补选)."""
    term = present_term(election.union_id)
    if term is None:
        raise NotMade(Reason("no_term", _NO_TERM, {}))
    if wanted is not Post.MEMBER and any(
        each.body is BodyKind.COMMITTEE and each.post is wanted for each in chosen_in(term)
    ):
        raise NotMade(Reason("seat_taken", _TAKEN, {}))
    election.form, election.years, election.seats, election.post = term.form, None, 1, wanted.value
    election.audit_seats = election.standing_seats = 0


def nominated(election: Election, answers: Mapping[str, Any], *, by: Actor) -> Candidate:
    """Name a candidate (提名候选人): who she is the register says, what it cannot know she declares; the declarations go."""
    shall = _meant(answers, by=by)
    if not is_renewal(election):
        shall = replace(shall, body=BodyKind.COMMITTEE, post=Post(election.post))
    elif election.form == TermForm.ORGANISER.value and shall.body is BodyKind.COMMITTEE:
        shall = replace(shall, post=Post.ORGANISER)
    if shall.body not in seats_in(election):
        raise NotMade(Reason("not_elected_here", _NOT_HERE, {}))
    _refuse_unfit(election, shall, answers)
    if election.candidates.filter(person=shall.person_id, body=shall.body.value).exists():
        raise NotMade(Reason("nominated_already", _ALREADY, {}))
    return Candidate.objects.create(
        city=election.city,
        election=election,
        person_id=shall.person_id,
        body=shall.body.value,
        post=shall.post.value,
    )


def struck(election: Election, answers: Mapping[str, Any], *, by: Actor) -> None:
    """Take a candidate off the list again."""
    gone, _each = election.candidates.filter(person=_person(answers, by=by)).delete()
    if not gone:
        raise NotMade(Reason("no_candidate", _NO_CANDIDATE, {}))


def convened(election: Election, answers: Mapping[str, Any]) -> None:
    """Call the meeting (确定候选人): enough of them, all still members; the union's members are counted now."""
    union = election.union
    for kind, seats in seats_in(election).items():
        if election.form == TermForm.ORGANISER.value and kind is BodyKind.COMMITTEE:
            continue
        _refuse(candidates_fault(election.candidates.filter(body=kind.value).count(), seats, kind))
    if not election.candidates.exists():
        _refuse(candidates_fault(0, 1, BodyKind.COMMITTEE))
    ids = set(election.candidates.values_list("person_id", flat=True))
    if ids - members_among(ids, union):
        raise NotMade(Reason("left_since", _LEFT_SINCE, {}))
    people = people_of(union)
    election.members, election.women = people.members, people.women
    election.entitled = election.representatives or people.members
    election.meeting_on = date.fromisoformat(str(answers["meeting_on"]))
    election.save(update_fields=["members", "women", "entitled", "meeting_on"])


def chosen(election: Election, answers: Mapping[str, Any], *, pressed: Pressed) -> None:
    """Who of those elected leads, and who keeps the money (推选主席): at the first meeting of the committee."""
    shall = _meant(answers, by=pressed.by)
    row = election.candidates.filter(person=shall.person_id, body=shall.body.value, is_elected=True).first()
    if row is None:
        raise NotMade(Reason("not_elected", _NOT_ELECTED, {}))
    _refuse_unfit(election, shall, answers)
    if shall.post in {Post.CHAIR, Post.FINANCE}:
        election.candidates.filter(body=row.body, post=shall.post.value).update(post=Post.MEMBER.value)
    Candidate.objects.filter(pk=row.pk).update(post=shall.post.value)


def _refuse_unfit(election: Election, shall: Chosen, answers: Mapping[str, Any]) -> None:
    found = why_not_stand(_nominee(election, shall, answers))
    if found:
        raise NotMade(found[0])


def _meant(answers: Mapping[str, Any], *, by: Actor) -> Chosen:
    """Who shall be what on which committee."""
    return Chosen(_person(answers, by=by), BodyKind(str(answers["body"])), Post(str(answers["post"])))


def _nominee(election: Election, shall: Chosen, answers: Mapping[str, Any]) -> Nominee:
    """What the register knows of her, what she stands for besides, and what she declares."""
    others = election.candidates.filter(person=shall.person_id).exclude(body=shall.body.value)
    stands = {(each.body, each.post) for each in others}
    if not is_renewal(election) and (term := present_term(election.union_id)) is not None:
        stands |= {(each.body.value, each.post.value) for each in chosen_in(term) if each.person_id == shall.person_id}
    return Nominee(
        shall.body,
        shall.post,
        is_member=bool(members_among([shall.person_id], election.union)),
        is_retained=is_retained(shall.person_id, election.union),
        is_relative=bool(answers.get("relative")),
        is_manager=bool(answers.get("manager")),
        is_personnel_head=bool(answers.get("personnel")),
        is_foreign=bool(answers.get("foreign")),
        keeps_money=any(post == Post.FINANCE.value for _body, post in stands),
        audits=any(body == BodyKind.AUDIT.value for body, _post in stands),
    )


def _person(answers: Mapping[str, Any], *, by: Actor) -> int:
    """Who is meant, among those whom the actor may see."""
    written = str(answers["person"])
    found = visible_to(by).filter(pk=int(written)).values_list("pk", flat=True).first() if written.isdecimal() else None
    if found is None:
        raise NotMade(Reason("nobody_meant", _NOBODY, {}))
    return int(found)


def _number(answers: Mapping[str, Any], name: str) -> int:
    return int(answers.get(name) or 0)


def _refuse(fault: Reason | None) -> None:
    if fault is not None:
        raise NotMade(fault)


_NO_TERM = gettext_noop("这个工会还没有记下现在这一届，没有空缺可补。请选「换届」。")
_TAKEN = gettext_noop("这个职务现在有人。先办离任或者罢免，再补选。")
_NOT_HERE = gettext_noop("方案里没有这个委员会的名额，这次不选它。")
_ALREADY = gettext_noop("这个人已经提名过了。")
_NO_CANDIDATE = gettext_noop("这个人不在候选人里。看看选对人没有。")
_LEFT_SINCE = gettext_noop("有候选人提名以后不再是这个工会的会员。先撤下，再补提名。")
_NOT_ELECTED = gettext_noop("这个人没有选进这个委员会，不能担任它的职务。")
_NOBODY = gettext_noop("看不出是哪一位。写姓名，从找到的人里面选。")
