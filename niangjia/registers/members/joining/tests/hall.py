"""A county with a mill, its chair and cadres, and people who want to join: for the tests of joining."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from niangjia.kernel import clock
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
from niangjia.registers.members.joining.approving import done
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.rules.applying import Written
from niangjia.registers.members.joining.rules.sealed_columns import SEALED_ID, SEALED_PHONE
from niangjia.registers.members.joining.rules.workflow import JOINING
from niangjia.registers.members.joining.services import Applied, Applying, Proof, apply_to_join, ask_to_prove
from niangjia.registers.members.queries import real_name_key
from niangjia.registers.members.rules.sealed_columns import PHONE
from niangjia.registers.members.tests.people import a_number
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
ID_MA, PHONE_MA = a_number("34992119950612", 113), "13700000021"
MA = Written("马小军", ID_MA, PHONE_MA)


class Hall(Office):
    """安禾县 with the mill's chair, a cadre in the town, two in the county; 马小军 delivers meals and is in no register."""

    def __init__(self) -> None:
        super().__init__()
        load_notices()
        self.chair = self.account("chair", Role.CHAIR, self.mill)
        self.li = self.account("li", Role.CADRE, self.town)
        self.zhou = self.account("zhou", Role.CADRE, self.county)
        self.plant_chair = self.account("plant", Role.CHAIR, self.plant)
        self.codes = 0

    @staticmethod
    def account(login: str, role: Role | None, union: Union | None = None, **more: Any) -> Account:
        """Somebody with a right at a union."""
        return an_account(login, role=role, at=union.place if union else None, **more)

    def applying(self, written: Written = MA, *, union: Union | None = None, trade: str = "") -> Applying:
        """What is sent to join, the mill where nothing else is said."""
        return Applying((union or self.mill).pk, written, 1, trade=trade)

    def sends(self, written: Written = MA, *, at: datetime = AT, **more: Any) -> Applied:
        """Somebody applies, with the code that came to the phone she wrote; a phone may ask once a minute."""
        applying = self.applying(written, **more)
        self.codes += 1
        with clock.at(at + self.codes * timedelta(minutes=2)):
            code = ask_to_prove(applying, at=at, is_shown=False)
            assert isinstance(code, PhoneCode), code
            became = apply_to_join(applying, Proof(code.pk, digits_of(code)), at=at)
        assert isinstance(became, Applied), became
        return became

    def applies(self, written: Written = MA, **more: Any) -> Application:
        """As `sends`, where an application comes of it."""
        application = self.sends(written, **more).application
        assert application is not None
        return application

    def presses(
        self, who: Account, application: Application, move: str, *, at: datetime = AT, **said: Any
    ) -> Application:
        """Somebody makes a move, and what stands afterwards."""
        done(application.pk, move, Pressed(self.actor(who), at, **said))
        return Application.objects.select_related("case").get(pk=application.pk)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())


def other(written: Written = MA, **changed: str) -> Written:
    """The same with something else written."""
    return replace(written, **changed)


def an_application(union: Union, number: int, *, subject_id: int | None = None) -> Application:
    """Somebody applied there, without the steps of the phone: for tests that only need that it is so."""
    subject = subject_id or Subject.objects.create(city=union.city).pk
    herself = Actor(account_id=None, name="", subject_id=subject)
    case = open_case(JOINING, place=union.place, askers=[subject], by=herself, at=clock.now())
    id_number, phone = a_number("34992119950612", number), f"137000{number:05d}"
    return Application.objects.create(
        case=case,
        city=union.city,
        union=union,
        subject_id=subject,
        name="马小军",
        id_kind="id_card",
        id_sealed=seal(id_number, aad=f"{SEALED_ID}.{case.pk}"),
        id_blind=real_name_key("id_card", id_number),
        phone_sealed=seal(phone, aad=f"{SEALED_PHONE}.{case.pk}"),
        phone_blind=blind(PHONE, phone),
    )
