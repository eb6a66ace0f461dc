"""Say that two records are two people, or bring a merge before a second person."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.making import make
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.rules import RequestKind, RequestState
from niangjia.kernel.reveal.rules import Field, Way
from niangjia.kernel.reveal.rules import Purpose as Looking
from niangjia.kernel.reveal.services import Occasion, record_looks
from niangjia.registers.members.masked import number_of
from niangjia.registers.members.merging.logins import accounts_of, has_work, leaving
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.merging.queries import visible_to
from niangjia.registers.members.merging.rules.deciding import (
    LEFT,
    RIGHT,
    ApartReason,
    Choice,
    PairState,
    are_two_papers,
    why_not_propose,
)
from niangjia.registers.members.merging.rules.workflow import MERGING, PROPOSE, PROPOSE_PAPERS, WAITING
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING

TWO = 2


@transaction.atomic
def keep_apart(pair_id: int, reason: str, *, by: Actor, at: datetime) -> Pair:
    """They are two people (不是同一个人): the pair does not come back until something of either changes."""
    pair = _held(pair_id, by=by)
    if reason not in {each.value for each in ApartReason}:
        raise NotMade(Reason("reason_missing", _APART_REASON, {}))
    pair.state, pair.reason, pair.settled_at, pair.settled_by_id = PairState.APART, reason, at, by.account_id
    pair.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    place = (pair.city, pair.place_id)
    record("keep_apart", by=by, thing="pair", thing_id=pair.pk, place=place, detail={"reason": reason})
    return pair


@transaction.atomic
def propose_merge(pair_id: int, choice: Choice, *, by: Actor, at: datetime) -> Merge:
    """Bring a merge before a second person (提请合并): what is taken from which record, and why."""
    pair = _held(pair_id, by=by)
    with beyond(Purpose.MERGE):
        left, right = _two(pair)
        refusal = _why_not(pair, choice, left, right)
        if refusal is not None:
            raise NotMade(refusal)
    case = open_case(MERGING, place=pair.place, askers=(), by=by, at=at)
    move = PROPOSE_PAPERS if _two_papers(left, right) else PROPOSE
    case = make(case.pk, move, by=by, at=at, says=choice.proof.strip())
    kept, gone = (left, right) if choice.kept == LEFT else (right, left)
    merge = Merge(
        case=case,
        city=pair.city,
        pair=pair,
        kept_id=kept.pk,
        gone_id=gone.pk,
        picks=dict(choice.picks),
        goes_on=choice.goes_on,
        signs_in=choice.signs_in or "",
        kept_seen=kept.revision,
        gone_seen=gone.revision,
        reason=choice.reason,
    )
    with beyond(Purpose.MERGE):
        closing = leaving(merge)
        if closing is not None and has_work(closing):
            raise NotMade(Reason("login_works", _LOGIN_WORKS, {}))
        merge.save(force_insert=True)
        looked_at(merge, by=by)
    return merge


def looked_at(merge: Merge, *, by: Actor) -> None:
    """Who compares two records has looked at both: written down, and told to whoever it is about."""
    occasion = Occasion(Looking.VERIFY_IDENTITY, by, way=Way.PAGE)
    fields = (Field.ID_NUMBER, Field.PHONE)
    place = (merge.city, merge.pair.place_id)
    record_looks((merge.kept_id, merge.gone_id), fields, occasion=occasion, place=place)


def lasting(pair: Pair) -> list[Membership]:
    """The memberships of both that last."""
    held = Membership.objects.filter(person__in=(pair.left_id, pair.right_id), period__upper_inf=True)
    return list(held.filter(state__in=HOLDING).select_related("union").order_by("pk"))


def _held(pair_id: int, *, by: Actor) -> Pair:
    found = visible_to(by).filter(pk=pair_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    pair = Pair.objects.select_for_update(of=("self",)).select_related("place").get(pk=found)
    if pair.state != PairState.OPEN:
        raise NotMade(Reason("settled_already", _SETTLED, {}))
    with beyond(Purpose.MERGE):
        ends = (pair.left_id, pair.right_id)
        waits = Merge.objects.filter(case__stage__in=WAITING)
        if waits.filter(kept__in=ends).exists() or waits.filter(gone__in=ends).exists():
            raise NotMade(Reason("merge_waits", _WAITS, {}))
    return pair


def _two(pair: Pair) -> tuple[Person, Person]:
    found = Person.objects.filter(erased_at=None).in_bulk([pair.left_id, pair.right_id])
    if len(found) < TWO:
        raise NotMade(Reason("record_gone", _GONE, {}))
    return found[pair.left_id], found[pair.right_id]


def _two_papers(left: Person, right: Person) -> bool:
    return are_two_papers((left.id_kind, right.id_kind), (number_of(left), number_of(right)))


def _why_not(pair: Pair, choice: Choice, left: Person, right: Person) -> Reason | None:
    if choice.seen != (left.revision, right.revision):
        return Reason("changed_since", _CHANGED, {})
    refusal = why_not_propose(choice, two_papers=_two_papers(left, right))
    if refusal is not None:
        return refusal
    held = [each.pk for each in lasting(pair)]
    if len(held) == TWO and choice.goes_on not in held:
        return Reason("goes_on_missing", _GOES_ON, {})
    if len(accounts_of((left.pk, right.pk))) == TWO and choice.signs_in not in (LEFT, RIGHT):
        return Reason("signs_in_missing", _SIGNS_IN, {})
    asked = RightsRequest.objects.filter(
        subject__in=(left.pk, right.pk), kind=RequestKind.ERASE, state=RequestState.OPEN
    )
    return Reason("erasure_asked", _ERASURE, {}) if asked.exists() else None


_APART_REASON = gettext_noop("请选凭什么说是两个人。")
_SETTLED = gettext_noop("这两份登记已经有结论了，请刷新看看。")
_WAITS = gettext_noop("其中一份登记已经在等第二个人核对合并。等那一件有了结果再办。")
_GONE = gettext_noop("其中一份登记已经不在了，请刷新看看。")
_CHANGED = gettext_noop("您打开这一页以后，其中一份登记改过。请看看现在的内容，再选一次。")
_GOES_ON = gettext_noop("两份登记都有现在的会籍，一个人只能有一份。请选哪一份继续。")
_SIGNS_IN = gettext_noop("两份登记都有登录账号。请问本人以后用哪一个，另一个会关掉。")
_ERASURE = gettext_noop("其中一份登记有删除资料的申请在办。先办完那一件。")
_LOGIN_WORKS = gettext_noop("要关掉的那个账号还有工作上的权限。请选它继续用，或者先由管理员收回权限。")
