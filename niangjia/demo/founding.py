"""Unions that people of the demo county want, by the real services at their instants."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from niangjia.demo.rules import ANHE
from niangjia.demo.rules import founding as plan
from niangjia.demo.rules.founding import PlannedAsker, PlannedMember
from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.founding.deciding import done
from niangjia.registers.founding.door_signs import Sign, hang
from niangjia.registers.founding.legal.services import register_legal_person
from niangjia.registers.founding.models import Founding, FoundingApplication
from niangjia.registers.founding.rules.applying import Wish, Workplace, Written
from niangjia.registers.founding.rules.forms import Side
from niangjia.registers.founding.services import Applied, Applying, Proof, apply_by_phone, ask_to_prove
from niangjia.registers.members.services import register_member
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules.credit_codes import check_character, organisation_check_character

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
WORKPLACES = 3
HOURS = "9:00–17:00"


def found_unions(*, ago: Ago, actor: Acting) -> None:
    """Three workplaces of one town without a union: asked for, being prepared, founded last month."""
    town = Union.objects.filter(name=plan.TOWN).first()
    covered = Coverage.objects.filter(employer=OuterRef("pk"), valid_to=None)
    without = (
        Employer.objects.filter(~Exists(covered), place=town.pk, closed_on=None) if town else Employer.objects.none()
    )
    employers = list(without.order_by("pk")[:WORKPLACES])
    if len(employers) < WORKPLACES:
        return
    story = _Story(ago, actor)
    for asker in plan.WAITING:
        story.asked(asker, employers[0])
    story.prepared(plan.PREPARED_BY, employers[1], plan.PREPARED_AGO, plan.PREPARING)
    founding = story.prepared(plan.FOUNDED_BY, employers[2], plan.FOUNDED_PREPARED_AGO, plan.FOUNDED)
    story.founded(founding)


def _code() -> str:
    """A credit code of a base union in this fictional county."""
    first = f"81{ANHE.region_code}MC349921{organisation_check_character('MC349921')}"
    return first + check_character(first)


class _Story:
    """Who asks and who answers, at which instants."""

    def __init__(self, ago: Ago, actor: Acting) -> None:
        self.ago, self.actor, self.phones = ago, actor, 0

    def asked(self, asker: PlannedAsker, employer: Employer) -> FoundingApplication:
        """Somebody asks on a phone."""
        self.phones += 1
        written = Written(asker.name, f"162002{self.phones:05d}")
        with self.ago(days=asker.days_ago):
            applying = Applying(
                Side(asker.side), Workplace(employer.pk), Wish(asker.size, asker.form), notice_version=1
            )
            code = ask_to_prove(applying, written, is_shown=True)
            if not isinstance(code, PhoneCode):
                raise TypeError(code)
            became = apply_by_phone(applying, written, Proof(code.pk, digits_of(code), is_shown=True), at=clock.now())
        if not isinstance(became, Applied):
            raise TypeError(became)
        return became.application

    def prepared(
        self, asker: PlannedAsker, employer: Employer, days_ago: int, members: Iterable[PlannedMember]
    ) -> Founding:
        """The town approves the preparation, and people join."""
        application, people = self.asked(asker, employer), list(members)
        answers: dict[str, Any] = {
            "union_name": f"{employer.name}工会",
            "form": asker.form,
            "group": "\n".join(each.name for each in people[:3]),
        }
        self.pressed("hejing", application.pk, "prepare", days_ago, answers=answers)
        founding = Founding.objects.select_related("union").get(case=application.pk)
        with self.ago(days=days_ago - 4):
            for each in people:
                written = {"name": each.name, "id_number": each.number}
                register_member(written, union_id=founding.union_id, by=self.actor("hejing"), on=clock.today())
        return founding

    def founded(self, founding: Founding) -> None:
        """The meeting elects, the county approves, and a sign hangs at the door."""
        with self.ago(days=plan.ELECTED_AGO):
            elected_on = clock.today()
        approved_on = elected_on + timedelta(days=plan.ELECTED_AGO - plan.APPROVED_AGO)
        result = plan.RESULT | {
            "elected_on": elected_on.isoformat(), "by_delegates": False, "no_relatives": True, "no_heads": True,
        }  # fmt: skip
        self.pressed("hejing", founding.case_id, "report", plan.ELECTED_AGO - 1, answers=result)
        approval = {
            "document_no": f"安工发〔{approved_on.year}〕41号",
            "approved_on": approved_on.isoformat(),
            "years": "3",
        }
        self.pressed("zhoumin", founding.case_id, "approve", plan.APPROVED_AGO, answers=approval)
        with self.ago(days=plan.APPROVED_AGO - 2):
            hang(founding.union_id, Sign(hours=HOURS), by=self.actor("hejing"))
            register_legal_person(
                founding.union_id, uscc=_code(), certificate_no="3499210041", by=self.actor("zhoumin"), on=clock.today()
            )

    def pressed(self, login: str, case_id: int, move: str, days_ago: int, **said: Any) -> None:
        """Somebody makes a move on that morning."""
        with self.ago(days=days_ago):
            done(case_id, move, Pressed(self.actor(login), clock.now(), **said))
