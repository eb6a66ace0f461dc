"""Cadres of the demo county: who was elected, whom 白塔镇 hired, what its unions have and lack, and a chair who hands over."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from niangjia.demo.rules.cadres import DOCUMENT, HIRED, STATED, TOWN, WORKER_LOGIN
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.registers.cadres.haves.services import state_haves
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import Who, begin_contact, begin_post, open_files
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.queries import chosen_in
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.services import fill_seat
from niangjia.registers.employers.models import Coverage
from niangjia.registers.orgs.models import Kind, Union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
LEFT_DAYS_AGO, CAME_DAYS_AGO = 20, 6


def list_seated() -> None:
    """Whoever sits on a committee as the books have it is in the list of cadres."""
    open_files(*Union.objects.order_by("pk").values_list("pk", flat=True))


def staff_unions(*, ago: Ago, actor: Acting, accounts: dict[str, Account], on: date) -> None:
    """白塔镇 hires three and writes down what its unions have; one of them has another chair since last week."""
    town = Union.objects.select_related("place").get(name=TOWN)
    below = Union.objects.filter(kind=Kind.BASE.value, place__path__startswith=town.place.path, place__closed_on=None)
    unions = list(below.exclude(is_preparing=True).order_by("pk"))
    _hire(town, unions, ago=ago, actor=actor, account=accounts[WORKER_LOGIN])
    with ago(days=12):
        for union, said in zip(unions, STATED, strict=False):
            state_haves(union.pk, said, clock.today(), by=actor(WORKER_LOGIN), today=clock.today())
    _change_a_chair(unions, ago=ago, actor=actor, on=on)


def _hire(town: Union, unions: list[Union], *, ago: Ago, actor: Acting, account: Account) -> None:
    with ago(days=90):
        by, today = actor("zhoumin"), clock.today()
        clerk = PostFacts(CadrePost.STAFF, CadreKind.FULL_TIME, today - timedelta(days=900), DOCUMENT)
        begin_post(Who(account_id=account.pk), town.pk, clerk, by=by, on=today)
        for number, (name, kind) in enumerate(HIRED):
            facts = PostFacts(CadrePost.SOCIAL_WORKER, kind, today - timedelta(days=200 + 40 * number), DOCUMENT)
            posting = begin_post(Who(name=name), town.pk, facts, by=by, on=today)
            for union in unions[number :: len(HIRED)][:3]:
                begin_contact(posting.cadre_id, union.pk, today, employer=None, by=by)
            covered = Coverage.objects.filter(union__in=unions[number:], valid_to=None).select_related(
                "employer", "union"
            )
            stay = covered.order_by("pk").first()
            if stay is not None and not number:
                begin_contact(posting.cadre_id, stay.union_id, today, employer=stay.employer, by=by)


def _change_a_chair(unions: list[Union], *, ago: Ago, actor: Acting, on: date) -> None:
    """The chair of a base union left, and a member of its committee was elected for the rest of the term."""
    chairs = Seat.objects.filter(
        union__in=unions, until=None, post=Post.CHAIR.value, body__kind=BodyKind.COMMITTEE.value
    ).select_related("body__term")
    seat = chairs.order_by("union", "pk").last()
    if seat is None:
        return
    next_one = Seat.objects.filter(body=seat.body, until=None, post=Post.MEMBER.value).order_by("pk").first()
    if next_one is None:
        return
    Seat.objects.filter(pk=seat.pk).update(until=on - timedelta(days=LEFT_DAYS_AGO))
    term = seat.body.term
    chosen = Chosen(next_one.person_id, BodyKind.COMMITTEE, Post.CHAIR)
    with ago(days=CAME_DAYS_AGO):
        fill_seat(
            term, chosen, document_number=DOCUMENT, by=actor("zhoumin"), on=clock.today(), others=chosen_in(term)
        )  # fmt: skip
