"""Which committees a union must have, and who may sit on them together (委员会的设立和组成). Pure."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post, TermForm
from niangjia.registers.committees.rules.seats import Step, seats_fault, seats_for
from niangjia.registers.orgs.rules import COMMITTEE_FROM_MEMBERS

# 《工会女职工委员会工作条例》; one city law says 25, which its region may enter.
WOMEN_COMMITTEE_FROM = 10
WOMEN_PARAMETER, WOMEN_SOURCE = "women_committee_from", "《工会女职工委员会工作条例》"
# 本系统默认值: national figures that no source at hand confirms.
AUDIT_SEATS = (3, 11)
LEAST_SUPERVISORS = 3
LEAST_JOINED = 2


@dataclass(frozen=True)
class People:
    """Whom a union has (会员构成), counted by the register: members who vote, and the women among them."""

    members: int
    women: int = 0
    is_enterprise: bool = True
    women_from: int = WOMEN_COMMITTEE_FROM
    # How many seats its committee may have, where its region says so; else the national steps hold.
    seats: Step | None = None


@dataclass(frozen=True)
class Composed:
    """A committee as it shall be (委员会的组成): who sits there, and how many the employer sends."""

    kind: BodyKind
    chosen: tuple[Chosen, ...]
    employer_side: int = 0

    @property
    def size(self) -> int:
        """How many people of the register sit on it."""
        return len({each.person_id for each in self.chosen})


def must_have(people: People) -> tuple[BodyKind, ...]:
    """The bodies without which a union is not whole: a delegate or a supervisor counts where no committee is asked for."""
    wanted = [BodyKind.COMMITTEE, BodyKind.AUDIT]
    if people.women:
        wanted.append(BodyKind.WOMEN)
    if people.is_enterprise:
        wanted.append(BodyKind.SUPERVISION)
    return tuple(wanted)


def lacking(people: People, has: Collection[BodyKind]) -> tuple[BodyKind, ...]:
    """What a union must have and has not."""
    return tuple(kind for kind in must_have(people) if kind not in has)


def is_single(kind: BodyKind, people: People) -> bool:
    """Whether one person is enough where others have a committee (经审委员、女职工委员、监督员)."""
    if kind is BodyKind.WOMEN:
        return people.women < people.women_from
    return kind in {BodyKind.AUDIT, BodyKind.SUPERVISION} and people.members < COMMITTEE_FROM_MEMBERS


def size_fault(body: Composed, people: People) -> Reason | None:
    """Why a committee has too few or too many seats."""
    found = _SIZES.get(body.kind)
    return found(body, people) if found else None


def _committee_size(body: Composed, people: People) -> Reason | None:
    return seats_fault(body.size, people.seats or seats_for(people.members), people.members)


def _audit_size(body: Composed, people: People) -> Reason | None:
    return audit_fault(body.size, people)


def audit_fault(seats: int, people: People) -> Reason | None:
    """Why an audit committee cannot have so many seats."""
    least, most = AUDIT_SEATS
    single = is_single(BodyKind.AUDIT, people)
    if least <= seats <= most or (single and seats == 1):
        return None
    return Reason("audit_size", _AUDIT_SMALL if single else _AUDIT_SIZE, {"n": seats, "least": least, "most": most})


def _women_size(body: Composed, people: People) -> Reason | None:
    if body.size > 1 or (is_single(body.kind, people) and body.size):
        return None
    return Reason("women_committee", _WOMEN, {"women": people.women, "from": people.women_from})


def _supervision_size(body: Composed, people: People) -> Reason | None:
    if body.size >= LEAST_SUPERVISORS or (is_single(body.kind, people) and body.size == 1):
        return None
    return Reason("supervision_size", _SUPERVISION, {"n": body.size, "least": LEAST_SUPERVISORS})


def _mediation_size(body: Composed, _people: People) -> Reason | None:
    if body.size and body.size == body.employer_side:
        return None
    return Reason("mediation_equal", _MEDIATION, {"workers": body.size, "employer": body.employer_side})


_SIZES: dict[BodyKind, Callable[[Composed, People], Reason | None]] = {
    BodyKind.COMMITTEE: _committee_size,
    BodyKind.AUDIT: _audit_size,
    BodyKind.WOMEN: _women_size,
    BodyKind.SUPERVISION: _supervision_size,
    BodyKind.MEDIATION: _mediation_size,
}


def form_fault(form: TermForm, people: People, *, employers: int) -> Reason | None:
    """Why a union with so many members, covering so many employers, cannot be led like this (工会法第十一条)."""
    if form is not TermForm.COMMITTEE and people.members >= COMMITTEE_FROM_MEMBERS:
        return Reason("own_committee", _OWN_COMMITTEE, {"members": people.members, "from": COMMITTEE_FROM_MEMBERS})
    if form is TermForm.JOINT_COMMITTEE and employers < LEAST_JOINED:
        return Reason("joint_of_two", _JOINT, {"n": employers})
    return None


def leading_fault(body: Composed, people: People, *, form: TermForm = TermForm.COMMITTEE) -> Reason | None:
    """One person at the head of each committee; of a single delegate nobody asks it."""
    heads = [each for each in body.chosen if each.post in {Post.CHAIR, Post.ORGANISER}]
    if body.kind is BodyKind.COMMITTEE and form is TermForm.ORGANISER:
        alone = body.size == 1 and all(each.post is Post.ORGANISER for each in body.chosen)
        return None if alone else Reason("organiser_alone", _ORGANISER, {})
    if body.size <= 1 and is_single(body.kind, people):
        return None
    if body.kind is BodyKind.MEDIATION:
        # Its head comes from the union or is agreed with the employer, who is no member of the register.
        return Reason("one_chair", _ONE_CHAIR, {"n": len(heads)}) if len(heads) > 1 else None
    if len(heads) != 1:
        return Reason("one_chair", _ONE_CHAIR, {"n": len(heads)})
    return None


def apart_fault(chosen: Iterable[Chosen], names: dict[int, str] | None = None) -> Reason | None:
    """Nobody audits the money she keeps: one person on the audit committee and in finance is refused, by name where known."""
    everyone = list(chosen)
    keeps = {each.person_id for each in everyone if each.post is Post.FINANCE}
    audits = {each.person_id for each in everyone if each.body is BodyKind.AUDIT}
    both = sorted(keeps & audits)
    if not both:
        return None
    named = (names or {}).get(both[0], "")
    return Reason("audit_apart", _APART if named else _APART_UNNAMED, {"name": named})


def composition_fault(
    body: Composed, people: People, *, others: Iterable[Chosen] = (), form: TermForm = TermForm.COMMITTEE
) -> Reason | None:
    """The first reason why a committee cannot be like this, beside the others of the same union."""
    if len(body.chosen) != body.size:
        return Reason("twice_on_it", _TWICE, {})
    everyone = [*body.chosen, *others]
    return (
        leading_fault(body, people, form=form)
        or (None if form is TermForm.ORGANISER and body.kind is BodyKind.COMMITTEE else size_fault(body, people))
        or _standing_fault(everyone)
        or apart_fault(everyone)
    )


def _standing_fault(everyone: Iterable[Chosen]) -> Reason | None:
    """A standing committee is chosen out of the committee."""
    everyone = list(everyone)
    on = {kind: {each.person_id for each in everyone if each.body is kind} for kind in BodyKind}
    outside = on[BodyKind.STANDING] - on[BodyKind.COMMITTEE]
    return Reason("standing_outside", _STANDING, {"n": len(outside)}) if outside else None


_AUDIT_SIZE = gettext_noop(
    "《工会法》第四十五条：工会建立经费审查委员会。{least} 到 {most} 人（本系统默认值），现在 {n} 人。"
)
_AUDIT_SMALL = gettext_noop(
    "会员不满 25 人的，经审委员 1 人；设委员会的 {least} 到 {most} 人（本系统默认值）。现在 {n} 人。"
)
_WOMEN = gettext_noop(
    "有 {women} 名女会员。《工会女职工委员会工作条例》：满 {from} 人的，设女职工委员会，不能只有一名委员。"
)
_SUPERVISION = gettext_noop(
    "劳动法律监督委员会至少 {least} 人（本系统默认值），现在 {n} 人。会员不满 25 人的才只设一名监督员。"
)
_MEDIATION = gettext_noop(
    "《企业劳动争议协商调解规定》：劳动争议调解委员会里，劳动者代表和企业代表人数对等。现在劳动者一方 {workers} 人，企业一方 {employer} 人。"
)
_OWN_COMMITTEE = gettext_noop(
    "《工会法》第十一条：会员 {from} 人以上的，建立基层工会委员会。这个工会有 {members} 名会员，不能只设联合委员会或者组织员。"
)
_JOINT = gettext_noop(
    "《工会法》第十一条：联合基层工会委员会由两个以上单位的会员组成。这个工会登记覆盖 {n} 个单位，先把单位登记上。"
)
_ORGANISER = gettext_noop("《工会法》第十一条：选组织员的，只选一人，不设委员会。")
_ONE_CHAIR = gettext_noop("一个委员会要有一位主任（主席），不多不少。现在是 {n} 位。")
_APART = gettext_noop("「{name}」管财务，就不能进经审委员会。《工会法》第四十五条：经费审查由另外的人来做。")
_APART_UNNAMED = gettext_noop("管财务的人不能进经审委员会。《工会法》第四十五条：经费审查由另外的人来做。")
_TWICE = gettext_noop("同一个人在一个委员会里写了两次。")
_STANDING = gettext_noop("常务委员会从委员会里产生，现在有 {n} 人不是委员。")
