"""The two weeks before the demo begins, lived through by real services at their instants: each page has something to show."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.http import QueryDict

from niangjia.demo.cadres import staff_unions
from niangjia.demo.elections import hold_elections
from niangjia.demo.founding import found_unions
from niangjia.demo.households import keep_families
from niangjia.demo.joining import apply_to_unions
from niangjia.demo.leaving import stay_and_leave
from niangjia.demo.lost_phones import lose_a_phone
from niangjia.demo.merging import register_twice
from niangjia.demo.reorganising import reorganise
from niangjia.demo.rules import ANHE, week
from niangjia.demo.targets import work_for_unions
from niangjia.kernel import clock
from niangjia.kernel.access.delegation import delegate
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import new_account
from niangjia.kernel.cases.models import HandOverKind
from niangjia.kernel.exports import services as exports
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.rules import Format
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.uploads import keep_upload
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.rules import ViewFacts
from niangjia.kernel.listing.services import save_view
from niangjia.kernel.parameters.services import NewValue, enter
from niangjia.kernel.places.models import Place
from niangjia.kernel.privacy.asking import ask_correction
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.reveal.services import reveal
from niangjia.registers.members.listing import MEMBERS
from niangjia.registers.members.masked import number_of
from niangjia.registers.members.models import Person, TransferProposal
from niangjia.registers.members.queries import sealed_value
from niangjia.registers.members.roster import asking
from niangjia.registers.members.roster import services as rosters
from niangjia.registers.members.roster.looking import file_of
from niangjia.registers.members.services import register_member
from niangjia.registers.members.transfers.services import refuse as refuse_transfer
from niangjia.registers.orgs.models import Union
from niangjia.services.requests import handling
from niangjia.services.requests.handling import Seen
from niangjia.services.requests.saying import submit

HEADER = ("姓名", "身份证号码", "联系电话", "所属工会")
# Ten in the morning where the people are; each thing of a day a while after the one before.
MORNING = time(10, 0, tzinfo=clock.PEOPLE_ZONE)
LISTS = {"members": MEMBERS}


class Week:
    """Who acts in these two weeks, and at which instants."""

    def __init__(self, *, on: date) -> None:
        """`on` is the day on which the demo is loaded."""
        self.on = on
        self.accounts = {each.login: each for each in Account.objects.filter(is_demo=True)}
        named = Union.objects.select_related("place").filter(region_code__startswith=ANHE.region_code)
        self.unions = {
            each.name: each for each in named.filter(name__in=(week.LIULIN, week.BAITA, week.BAITA_MILL, week.MILL))
        }

    def actor(self, login: str) -> Actor:
        """A demo account as it acts at the instant of the clock."""
        return actor_of(self.accounts[login], on=self.on)

    @contextmanager
    def ago(self, *, days: int = 0, hours: int = 0) -> Iterator[None]:
        """In here it is the morning so many days ago, or so many hours before now."""
        if hours:
            at = clock.now() - timedelta(hours=hours)
        else:
            at = datetime.combine(self.on - timedelta(days=days), MORNING)
        with clock.at(at):
            yield

    def person(self, name: str) -> Person:
        """A known person of the mill, or one of the demo's workers."""
        found = Person.objects.filter(name=name, subject__account__is_demo=True).first()
        return found or Person.objects.filter(name=name, memberships__union=self.unions[week.MILL]).order_by("pk")[0]


def live_through(*, on: date) -> None:
    """Everything that happened before the demo begins, the earliest first."""
    story = Week(on=on)
    _ask_transfers(story)
    _ask_corrections(story)
    _ask_exports(story)
    _bring_rosters(story)
    _enter_a_value(story)
    _look(story)
    _keep_views(story)
    _say_something(story)
    _delegate(story)
    _open_an_account(story)
    apply_to_unions(ago=story.ago, actor=story.actor)
    lose_a_phone(ago=story.ago, actor=story.actor)
    work_for_unions(ago=story.ago, actor=story.actor, accounts=story.accounts, on=on)
    staff_unions(ago=story.ago, actor=story.actor, accounts=story.accounts, on=on)
    found_unions(ago=story.ago, actor=story.actor)
    register_twice(ago=story.ago, actor=story.actor)
    hold_elections(ago=story.ago, actor=story.actor, on=on)
    keep_families(ago=story.ago, actor=story.actor, on=on)
    reorganise(ago=story.ago, actor=story.actor)
    stay_and_leave(ago=story.ago, actor=story.actor, on=on)


def _ask_transfers(story: Week) -> None:
    """Another union asks for members of the mill; one was refused."""
    to = story.unions[week.BAITA_MILL]
    for asked in week.TRANSFERS:
        written = {"name": asked.name, "id_number": number_of(story.person(asked.name))}
        with story.ago(days=asked.days_ago):
            register_member(written, union_id=to.pk, by=story.actor("hejing"), on=clock.today())
        if asked.refused_because:
            found = TransferProposal.objects.get(person__name=asked.name, to_union=to, settled_at=None)
            with story.ago(days=asked.days_ago - 2):
                refuse_transfer(found.pk, by=story.actor("zhangjianguo"), because=asked.refused_because)


def _ask_corrections(story: Week) -> None:
    for asked in week.CORRECTIONS:
        with story.ago(days=asked.days_ago):
            ask_correction(asked.fact, asked.says, by=story.actor(asked.login))


def _ask_exports(story: Week) -> None:
    """Lists asked for: two wait for a second person, one was refused."""
    source = source_named("members")
    if source is None:
        return
    for asked in week.EXPORTS:
        wish = exports.Wish(
            filters=dict(asked.filters),
            file_format=Format.XLSX,
            purpose=asked.purpose,
            in_clear=frozenset(asked.in_clear),
            words=asked.words,
        )
        with story.ago(days=asked.days_ago):
            request = exports.ask(source, wish, by=story.actor(asked.login))
        if asked.refused_because:
            with story.ago(days=asked.days_ago - 1):
                exports.refuse(request, by=story.actor("zhoumin"), words=asked.refused_because)


def _bring_rosters(story: Week) -> None:
    """One roster landed, one is tried and has faults, one waits for its columns, one could not be used."""
    landed, tried, waiting, odd = week.ROSTERS
    with story.ago(days=6):
        hers = week.Row(week.HER_NAME, number_of(story.person(week.HER_NAME)), week.HER_OTHER_PHONE, "")
        batch = _taken_in(story, landed, (*week.roster_rows(18), hers))
        rosters.try_out(batch, file_of(batch))
        rosters.run(asking.ask_landing(batch, by=story.actor(landed.login)), file_of(batch))
    with story.ago(days=2):
        batch = _taken_in(story, tried, (*week.roster_rows(31, first=40, union=week.MILL), *week.faulty_rows()))
        rosters.try_out(batch, file_of(batch))
    with story.ago(days=1):
        _taken_in(story, waiting, week.roster_rows(12, first=90))
    with story.ago(hours=5):
        asking.send_back(
            _trying(_taken_in(story, odd, week.roster_rows(6, first=110))), code="gave_up", sentence=asking.GAVE_UP
        )


def _taken_in(story: Week, brought: week.Brought, rows: Iterable[week.Row]) -> Import:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    file = rosters.RosterFile.uploaded(brought.file, keep_upload([text.getvalue().encode()]))
    return asking.take_in(file, unit=story.unions[brought.union], by=story.actor(brought.login))


def _trying(batch: Import) -> Import:
    batch.state = State.TRYING
    batch.save(update_fields=["state"])
    return batch


def _enter_a_value(story: Week) -> None:
    """A figure of the county's own waits for a second person."""
    entered = week.OFFICE_HOURS
    county = Place.objects.get(pk=story.actor(entered.login).rights[0].place_id)
    new = NewValue(entered.key, entered.value, story.on + timedelta(days=entered.in_days), entered.source)
    with story.ago(days=entered.days_ago):
        enter(new, place=county, by=story.actor(entered.login))


def _look(story: Week) -> None:
    """Several people looked at sealed values, each for a purpose; who was looked at sees it."""
    for planned in week.LOOKS:
        sealed = sealed_value(story.person(planned.name), Field(planned.field))
        if sealed is not None:
            with story.ago(hours=planned.hours_ago):
                reveal(sealed, purpose=planned.purpose, by=story.actor(planned.login))


def _keep_views(story: Week) -> None:
    for planned in week.VIEWS:
        actor = story.actor(planned.login)
        page = ListPage(LISTS[planned.listing], actor=actor, asked=QueryDict(planned.asked))
        save_view(page, ViewFacts(planned.name, is_shared=planned.is_shared, counts=True), by=actor)


def _say_something(story: Week) -> None:
    """A worker waits for nobody but herself; another one's request is in hand; a town hands one up."""
    county = story.unions[week.LIULIN].place.parent_id
    with story.ago(days=9):
        asked = submit(week.SAID_ANSWERED, by=story.actor("liuxiuying"), at=clock.now())
    with story.ago(days=8):
        handling.accept(asked.pk, "petition", seen=Seen(story.actor("zhoumin"), clock.now()))
        handling.take(asked.pk, seen=Seen(story.actor("liuyang"), clock.now()))
    with story.ago(days=1):
        seen = Seen(story.actor("liuyang"), clock.now())
        handling.move(asked.pk, "answer", seen=seen, says=week.ANSWERED_WITH)
    with story.ago(days=4):
        in_hand = submit(week.SAID_IN_HAND, by=story.actor("xuzhiqiang"), at=clock.now())
        handling.accept(in_hand.pk, "petition", seen=Seen(story.actor("zhoumin"), clock.now()))
    with story.ago(days=3):
        handling.take(in_hand.pk, seen=Seen(story.actor("liuyang"), clock.now()))
    with story.ago(days=2):
        handed = submit(week.SAID_HANDED_UP, by=story.actor("liuxiuying"), at=clock.now())
        seen = Seen(story.actor("chenli"), clock.now())
        handling.hand_on(handed.pk, HandOverKind.REFER, county or 0, seen=seen, says=week.HANDED_WITH)


def _delegate(story: Week) -> None:
    for planned in week.DELEGATIONS:
        first = story.on - timedelta(days=planned.since_days)
        last = first + timedelta(days=planned.for_days)
        place = story.unions[planned.union].place
        to, by = story.accounts[planned.to], story.actor(planned.by)
        with story.ago(days=planned.since_days):
            delegate(to, Role(planned.role), at=place, days=(first, last), by=by)


def _open_an_account(story: Week) -> None:
    """Somebody new at the county union: opened yesterday, without a right and without a second factor yet."""
    place = Place.objects.get(pk=story.actor("sysadmin").rights[0].place_id)
    with story.ago(days=1):
        new_account("zhaoliqun", name="赵立群", post="组织部干事", at=place, by=story.actor("sysadmin"))


__all__ = ["live_through"]
