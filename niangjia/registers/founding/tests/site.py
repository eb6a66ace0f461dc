"""安禾县 with a workshop that has no union: who asks there, who answers in the town and the county; for the tests of setting up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.founding.deciding import done
from niangjia.registers.founding.models import Founding, FoundingApplication
from niangjia.registers.founding.rules.applying import Wish, Workplace, Written
from niangjia.registers.founding.rules.forms import Side, Size
from niangjia.registers.founding.rules.sealed_columns import SEALED_NAME, SEALED_PHONE
from niangjia.registers.founding.rules.workflow import FOUNDING
from niangjia.registers.founding.services import Applied, Applying, Proof, apply_by_phone, ask_to_prove
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules.sealed_columns import PHONE
from niangjia.registers.members.services import register_member
from niangjia.registers.members.tests.people import a_number
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
LI = Written("李卫东", "13700000031")
BOSS = Written("钱进", "13700000032")
USCC = "91349921MA00000A1D"
SMALL = Wish(Size.UNDER_25.value, "committee")
PLAN: dict[str, Any] = {
    "union_name": "恒通机械有限公司工会", "form": "committee", "others": None, "group": "李卫东\n周建国\n王丽", "employer_name": None,
    "employer_uscc": None, "says": "",
}  # fmt: skip
APPROVAL: dict[str, Any] = {"document_no": "柳工发〔2026〕12号", "approved_on": "2026-11-20", "years": "5", "says": ""}
NAMES = (
    "陈桂兰",
    "刘秀英",
    "赵春梅",
    "孙丽娟",
    "何雪琴",
    "周玉芬",
    "吴建国",
    "郑卫东",
    "冯志强",
    "黄海",
    "杨帆",
    "马力",
)


@dataclass(frozen=True)
class Asked:
    """Who was told what comes of it."""

    application: FoundingApplication
    account: Account


class Site(Office):
    """The town with two cadres, the county with one, and 恒通机械 without a union."""

    def __init__(self) -> None:
        super().__init__()
        load_notices()
        self.shop = self.another_shop("恒通机械有限公司")
        self.li = self.account("li", Role.CADRE, self.town)
        self.wang = self.account("wang", Role.CADRE, self.town)
        self.zhou = self.account("zhou", Role.CADRE, self.county)
        self.codes = 0

    @staticmethod
    def account(login: str, role: Role, union: Union, **more: Any) -> Account:
        """Somebody with a right at a union."""
        return an_account(login, role=role, at=union.place, **more)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())

    def another_shop(self, name: str) -> Employer:
        """One more employer of the town without a union."""
        return register_employer(EmployerFacts(name=name, place_id=self.town.pk), by=OPERATOR)

    def applying(self, *, side: Side = Side.WORKER, workplace: Workplace | None = None, wish: Wish = SMALL) -> Applying:
        """What is sent to ask for a union, for the shop where nothing else is said."""
        return Applying(side, workplace or Workplace(self.shop.pk), wish, 1)

    def asks(self, written: Written = LI, *, at: datetime = AT, **more: Any) -> Asked:
        """Somebody asks with the code that came to her phone; a phone may ask once a minute."""
        applying = self.applying(**more)
        self.codes += 1
        with clock.at(at + self.codes * timedelta(minutes=2)):
            code = ask_to_prove(applying, written, is_shown=False)
            assert isinstance(code, PhoneCode), code
            became = apply_by_phone(applying, written, Proof(code.pk, digits_of(code)), at=at)
        assert isinstance(became, Applied), became
        assert became.account is not None
        return Asked(became.application, became.account)

    def presses(
        self, who: Account, case: FoundingApplication | Founding, move: str, **said: Any
    ) -> FoundingApplication:
        """Somebody makes a move at ten in the morning, and what stands afterwards."""
        case_id = case.case_id
        actor = self.actor(who)
        with clock.at(AT), transaction.atomic(), acting(actor):
            done(case_id, move, Pressed(actor, AT, **said))
        return FoundingApplication.objects.select_related("case").get(pk=case_id)

    def prepares(self, application: FoundingApplication | None = None, **plan: Any) -> Founding:
        """The town approves the preparation."""
        asked = application or self.asks().application
        self.presses(self.li, asked, "prepare", answers=PLAN | plan)
        return Founding.objects.select_related("union__place", "case").get(case=asked.pk)

    def members(self, founding: Founding, number: int = 6, *, start: int = 0) -> list[Person]:
        """So many members of the union in preparation, every second one a woman."""
        people = []
        for place in range(start, start + number):
            written = {
                "name": NAMES[place % 12] + ("" if place < 12 else "甲"),
                "id_number": a_number("34992119800302", 100 + place),
            }
            answer = register_member(written, union_id=founding.union_id, by=OPERATOR, on=AT.date())
            people.append(answer.person)  # type: ignore[union-attr]  # nobody of them is a member elsewhere
        return people

    def reports(self, founding: Founding, **result: Any) -> FoundingApplication:
        """The town reports the election."""
        return self.presses(self.li, founding, "report", answers=RESULT | result)


RESULT: dict[str, Any] = {
    "elected_on": "2026-11-20", "by_delegates": False, "delegates": None, "present": 6, "chair": NAMES[0], "chair_votes": 5,
    "members": f"{NAMES[1]}\n{NAMES[2]}", "audit": NAMES[3], "women": NAMES[4], "no_relatives": True, "no_heads": True,
}  # fmt: skip


def other(written: Written, **changed: str) -> Written:
    """The same with something else written."""
    return replace(written, **changed)


def an_application(
    place: Union, number: int = 1, *, employer: Employer | None = None, subject_id: int | None = None
) -> FoundingApplication:
    """Somebody asked for a union there, without the steps of the phone: for tests that only need that it is so."""
    subject = subject_id or Subject.objects.create(city=place.city).pk
    herself = Actor(account_id=None, name="", subject_id=subject)
    case = open_case(FOUNDING, place=place.place, askers=[subject], by=herself, at=clock.now())
    phone = f"137000{number:05d}"
    return FoundingApplication.objects.create(
        case=case,
        city=place.city,
        side=Side.WORKER.value,
        subject_id=subject,
        name_sealed=seal("李卫东", aad=f"{SEALED_NAME}.{case.pk}"),
        phone_sealed=seal(phone, aad=f"{SEALED_PHONE}.{case.pk}"),
        phone_blind=blind(PHONE, phone),
        employer=employer,
        employer_name=employer.name if employer else f"恒通机械有限公司{number}",
        size=Size.UNDER_25.value,
        form="committee",
    )
