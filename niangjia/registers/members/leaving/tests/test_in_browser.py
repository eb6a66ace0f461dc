"""A courier changes her employer: nobody answers, the county decides, she shows her card; then she leaves on her phone and comes back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.leaving.asking import leaving_done
from niangjia.registers.members.leaving.models import Leaving
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.services import register_member
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.members.transfers.raising import send_up
from niangjia.registers.orgs.tests.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_AGO = ("2019-05-01", None)
COURIER = CHEN | {"occupation": "courier"}


class Story:
    """The mill's courier is asked for by the park; the county stands above both."""

    def __init__(self) -> None:
        self.office = Office()
        self.chen: Person = enrol(COURIER, self.office.mill)
        Membership.objects.update(period=LONG_AGO)
        self.zhou = an_account("zhou", role=Role.CADRE, at=self.office.county.place, name="周敏")
        self.park = an_account("park", role=Role.CADRE, at=self.office.park.place, name="何静")
        self.hers = an_account("chen", role=None, name="陈桂兰", subject_id=self.chen.pk)

    def nobody_answers(self) -> None:
        """The park asks, and the last day goes by."""
        by = actor_of(self.park, on=clock.today())
        register_member(COURIER, union_id=self.office.plant.pk, by=by, on=clock.today())
        last = TransferProposal.objects.get().answer_by
        assert last is not None
        send_up(on=last + timedelta(days=1))

    def as_pressed(self, account: Account) -> Pressed:
        """What somebody sends with a move now."""
        return Pressed(actor_of(account, on=clock.today()), clock.now())


def test_nobody_answers_the_county_decides_and_she_shows_her_card(
    inside: Inside, desk_page: Page, phone_page: Page
) -> None:
    story = Story()
    story.nobody_answers()
    phone = inside(phone_page, story.hers, "/services/")
    phone.get_by_role("link", name="转会到").click()
    expect(phone.get_by_text("现在由安禾县总工会来定")).to_be_visible()
    holds_its_width(phone)
    desk = inside(desk_page, story.zhou)
    desk.get_by_role("link", name="没有人答复").first.click()
    expect(desk.get_by_text("转出的一方过了期限没有答复")).to_be_visible()
    holds_its_width(desk)
    desk.get_by_role("button", name="同意转会").click()
    expect(desk.get_by_role("status")).to_contain_text("同意了")
    phone.reload()
    expect(phone.get_by_text("转过去了").first).to_be_visible()
    phone.goto(phone.url.split("/mine/")[0] + "/mine/card/")
    phone.get_by_role("button", name="领会员卡").click()
    expect(phone.get_by_role("img", name="会员卡的动态码").first).to_be_visible()


def test_she_leaves_on_her_phone_and_comes_back_into_the_same_record(inside: Inside, phone_page: Page) -> None:
    story = Story()
    phone = inside(phone_page, story.hers, "/services/")
    phone.get_by_role("link", name="退会", exact=False).filter(has_text="不想当会员了").click()
    phone.get_by_label("我要退会").check()
    holds_its_width(phone)
    phone.get_by_role("button", name="提出退会").click()
    expect(phone.get_by_text("确认以前您还是会员").first).to_be_visible()
    leaving_done(Leaving.objects.get().pk, "confirm", story.as_pressed(story.zhou))
    phone.reload()
    expect(phone.get_by_text("您退会了").first).to_be_visible()
    holds_its_width(phone)
    by = actor_of(story.zhou, on=clock.today())
    register_member(COURIER, union_id=story.office.plant.pk, by=by, on=clock.today())
    phone.goto(phone.url.split("/mine/")[0] + "/mine/union/")
    expect(phone.get_by_text("宏达五金制品有限公司工会").first).to_be_visible()
    assert Person.objects.count() == 1


def test_she_reads_when_she_retires_line_by_line(inside: Inside, phone_page: Page) -> None:
    story = Story()
    phone = inside(phone_page, story.hers, "/mine/retirement/")
    expect(phone.get_by_role("heading", name="生产、服务岗位")).to_be_visible()
    expect(phone.get_by_text("每 2 个月延迟 1 个月").first).to_be_visible()
    holds_its_width(phone)
