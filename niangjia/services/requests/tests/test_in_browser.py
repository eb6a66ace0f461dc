"""The main path in a real browser, by five people: said on the phone and handed up, late, refused, answered again, agreed, counted.

The worker, the chair of her enterprise, the county's cadre, the second pair of eyes, the auditor.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.boundaries.services import load_demo_boundaries
from niangjia.kernel.cases.models import Case, HandOverKind, Running
from niangjia.kernel.cases.reminding import remind
from niangjia.kernel.clock import reading
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.orgs.tests.office import OPERATOR
from niangjia.services.requests import handling
from niangjia.services.requests.hotspots.queries import quarters_before
from niangjia.services.requests.models import KnownAnswer, Request
from niangjia.services.requests.tests.street import Street

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "怀孕七个月了，还给我排夜班，能不能不上？"
QUESTION = "怀孕几个月可以不上夜班？"
ANSWER = "七个月以上不能排夜班，从明天起调到白班。"
# No page waits for so long but on a machine with much else to do.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def street() -> Street:
    return Street()


@pytest.fixture
def counted(street: Street) -> str:
    """What others said in a quarter that is over: fourteen of wages, three of safety; and the map of the county."""
    load_demo_boundaries(by=OPERATOR)
    for topic, number in (("wages", 14), ("safety", 3)):
        for _each in range(number):
            street.says(topic=topic)
    quarter = quarters_before(clock.today())[0]
    Request.objects.update(quarter=quarter)
    return quarter


def clock_moved(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """From here on it is later, for the server and for the test."""
    later = f"{clock.INSTANT} + interval '{by.total_seconds():.0f} seconds'"
    monkeypatch.setattr(reading, "INSTANT", later)
    monkeypatch.setattr(clock, "held_or", lambda instant: reading.held_or(instant + by))


def says_it(phone: Page) -> int:
    """She begins, is called away, finds what she wrote, and hands it in."""
    phone.get_by_role("link", name="想问一件事").click()
    phone.get_by_label("说说发生了什么").fill(SAID)
    phone.get_by_label("哪方面的事").select_option("women")
    expect(phone.get_by_text("写的都存着")).to_be_visible()
    holds_its_width(phone)
    phone.goto(phone.url.replace("/say/ask/", "/"))
    phone.get_by_role("link", name="写到一半：想问一件事").click()
    expect(phone.get_by_label("说说发生了什么")).to_have_value(SAID)
    phone.get_by_role("button", name="交给工会").click()
    expect(phone.get_by_role("status").first).to_contain_text("收到了，编号")
    holds_its_width(phone)
    return Request.objects.order_by("-pk")[0].pk


def hands_up(town: Page) -> None:
    """The town cannot do it alone."""
    holds_its_width(town)
    town.get_by_text("交给别的工会，或者请来一起办").first.click()
    town.get_by_label("交给哪个工会").select_option(label="安禾县总工会")
    town.get_by_role("button", name="交给别的工会，或者请来一起办").click()
    expect(town.get_by_text("等安禾县总工会接")).to_be_visible()


def takes_over(county: Page) -> None:
    """The county takes it over, accepts it and takes it in hand."""
    county.get_by_role("button", name="接过来").click()
    county.get_by_role("button", name="受理", exact=True).click()
    county.get_by_role("button", name="我来办").click()
    expect(county.get_by_role("button", name="答复她")).to_be_visible()


def said_twice(street: Street) -> int:
    """The same once more, by herself, as far as the county's desk."""
    again = street.says("ask", topic="women", text="再问一遍，怀孕七个月能不能不上夜班？")
    offered = handling.hand_on(
        again.pk, HandOverKind.REFER, street.county.pk, seen=street.seen(street.li), says="县里在办一件"
    )
    handling.answer_hand_over(offered.pk, takes=True, seen=street.seen(street.zhou))
    handling.accept(again.pk, "consult", seen=street.seen(street.zhou))
    return again.pk


def answers(county: Page, words: str) -> None:
    """The handler writes an answer."""
    county.get_by_label("写给她的话").first.fill(words)
    county.get_by_role("button", name="答复她").click()
    expect(county.get_by_role("status").first).to_contain_text("答复了")


@dataclass
class Story:
    """Who sits at which screen: the worker at the phone, everybody else at the desk."""

    street: Street
    address: str
    inside: Inside
    desk: Page
    phone: Page
    pk: int = 0
    again: int = 0

    def at_desk(self, login: Account, at: str) -> Page:
        return self.inside(self.desk, login, at=at)

    def said_and_handed_up(self) -> None:
        self.pk = says_it(self.inside(self.phone, self.street.worker, at="/say/"))
        hands_up(self.at_desk(self.street.li, f"/requests/{self.pk}/"))
        takes_over(self.at_desk(self.street.zhou, f"/requests/{self.pk}/"))

    def joined(self) -> None:
        """What she said twice goes along with the first, and she is told."""
        self.again = said_twice(self.street)
        self.desk.goto(f"{self.address}/requests/{self.again}/")
        row = self.desk.locator(".nj-part", has=self.desk.get_by_text(self.number))
        row.get_by_role("button", name="跟着那一件办").click()
        expect(self.desk.get_by_role("status").first).to_be_visible()
        self.phone.goto(f"{self.address}/said/{self.again}/")
        expect(self.phone.get_by_text("和您说过的另一件一起办")).to_be_visible()

    def kept_for_all(self) -> None:
        """The county's cadre writes an answer for all who ask the same; it counts once another has read it."""
        self.desk.goto(f"{self.address}/requests/answers/new/")
        self.desk.get_by_label("事由").select_option("women")
        self.desk.get_by_label("问的是什么").fill(QUESTION)
        self.desk.get_by_label("怎么答").fill(ANSWER)
        self.desk.get_by_label("依据").fill("《女职工劳动保护特别规定》第六条")
        self.desk.get_by_role("button", name="写好了，交给另一位把关").click()
        expect(self.desk.get_by_text("您写的，要由另一位来把关")).to_be_visible()
        second = self.at_desk(self.street.yang, f"/requests/answers/{KnownAnswer.objects.get().pk}/")
        second.get_by_role("button", name="没有问题，可以用").click()
        expect(second.get_by_role("status").first).to_contain_text("把关了")

    def late(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its day passes: who has it is told, and she sees that it is late."""
        due_at = Running.objects.get(case=self.pk, ended_at=None).due_at
        assert due_at is not None
        monday = due_at + timedelta(days=14 - due_at.astimezone(clock.PEOPLE_ZONE).weekday(), hours=10)
        clock_moved(monkeypatch, monday - clock.now())
        remind(at=clock.now())
        expect(self.at_desk(self.street.zhou, "/messages/").get_by_text("有一件事过期了").first).to_be_visible()
        phone = self.inside(self.phone, self.street.worker, at=f"/said/{self.pk}/")
        expect(phone.get_by_text("到期，晚了").first).to_be_visible()

    def answered_refused_and_agreed(self) -> None:
        desk, phone = self.desk, self.phone
        desk.goto(f"{self.address}/requests/{self.pk}/")
        desk.get_by_role("link", name=QUESTION).click()
        expect(desk.get_by_label("写给她的话").first).to_contain_text(ANSWER)
        answers(desk, ANSWER)
        phone.goto(phone.url)
        phone.get_by_role("link", name="不同意，再办").click()
        phone.get_by_label("答应的没有做到").check()
        phone.get_by_role("button", name="不同意，请重新办").click()
        expect(phone.get_by_role("status").first).to_contain_text("重新办")
        desk.goto(f"{self.address}/requests/{self.pk}/")
        desk.get_by_role("button", name="我来办").click()
        answers(desk, "今天和车间主任一起改了排班表，您看一看。")
        phone.goto(f"{self.address}/said/{self.pk}/")
        phone.get_by_role("button", name="同意，办好了").click()
        phone.get_by_label("满意", exact=True).check()
        phone.get_by_role("button", name="交上去").click()
        expect(phone.get_by_text("您的评价：满意")).to_be_visible()
        # Her yes to the one is her yes to the other.
        stages = Case.objects.filter(pk__in=(self.pk, self.again)).values_list("stage", flat=True)
        assert set(stages) == {"agreed"}

    def not_there_inside_the_enterprise(self) -> None:
        chair = self.at_desk(self.street.chair, f"/requests/{self.pk}/")
        expect(chair.get_by_text("没有这一页").first).to_be_visible()
        chair.goto(f"{self.address}/search/?q={self.number}")
        expect(chair.locator("main")).not_to_contain_text("诉求")

    def counted(self, auditor: Account, quarter: str) -> None:
        """The auditor sees totals, small groups withheld; of one request nothing."""
        totals = self.at_desk(auditor, f"/requests/hotspots/?quarter={quarter}")
        expect(totals.get_by_role("img", name="柳林镇，投诉 不说").first).to_be_attached()
        expect(totals.get_by_text("哪里多少都不说").first).to_be_visible()
        expect(totals.get_by_role("definition").first).to_have_text("17")
        holds_its_width(totals)
        totals.goto(f"{self.address}/requests/{self.pk}/")
        expect(totals.get_by_text("没有这一页").first).to_be_visible()

    @property
    def number(self) -> str:
        return Case.objects.get(pk=self.pk).number


@pytest.fixture
def story(  # the five and their two screens
    street: Street, address: str, inside: Inside, desk_page: Page, phone_page: Page, tmp_path: Path, settings: Any
) -> Story:
    settings.NIANGJIA_DATA = tmp_path
    for page in (desk_page, phone_page):
        page.set_default_timeout(PATIENCE_MS)
    return Story(street, address, inside, desk_page, phone_page)


def test_from_the_phone_to_the_county_and_back_until_she_agrees(
    story: Story, counted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = story.street.account("sun", Role.AUDITOR, story.street.county)
    story.said_and_handed_up()
    story.joined()
    story.kept_for_all()
    story.late(monkeypatch)
    story.answered_refused_and_agreed()
    story.not_there_inside_the_enterprise()
    story.counted(auditor, counted)
