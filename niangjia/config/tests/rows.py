"""Rows for every declared list: what the contract of lists is tried on. A new list names here who sees it, and how a row comes about."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from uuid import uuid4

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.notices.tests.hanging import a_notice
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.intake.models import Import
from niangjia.kernel.journal.services import record
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.rules import State as ChangeState
from niangjia.kernel.people.models import Subject
from niangjia.kernel.programs.models import Key
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.sealed import seal
from niangjia.kernel.webhooks.models import Subscription
from niangjia.kernel.webhooks.queries import SECRET
from niangjia.kernel.webhooks.signing import drawn_secret
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import Who, begin_post
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.motions.moving import begin_extension, begin_recall
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.targets.models import Target
from niangjia.registers.founding.tests.site import an_application as asked_for_a_union
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.joining.tests.hall import an_application
from niangjia.registers.members.leaving.tests.hall import a_leave, an_exit
from niangjia.registers.members.merging.rules.workflow import MERGING
from niangjia.registers.members.merging.tests.two import a_pair
from niangjia.registers.members.models import Person, PhoneProposal, TransferProposal
from niangjia.registers.members.regaining.rules.workflow import REGAINING
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.models import Concerned, Reorganisation
from niangjia.registers.orgs.reorganising.rules.workflow import REORGANISING
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import OPERATOR, Office, register
from niangjia.services.requests.models import KnownAnswer
from niangjia.services.requests.rules import Words
from niangjia.services.requests.saying import submit

SURNAMES = "陈刘赵孙何周吴郑冯黄杨马"
GIVEN = "桂兰秀英春梅丽娟雪琴玉芬小燕海霞翠萍晓丽素珍玲"
CITY = "349900"


class Rows(Office):
    """The office with a second union in the park, somebody who watches the town, and rows at either."""

    def __init__(self) -> None:
        """Nothing but unions and accounts at first."""
        super().__init__()
        self.kiln = register("安泰水泥制品联合工会", Level.BASE, self.park)
        self.numbers = count(1)

    def watcher(self, name: str) -> Account:
        """Somebody at the town who may see this list."""
        return an_account(f"watcher-{name}", role=WATCHERS.get(name, Role.CADRE), at=self.town.place)

    def stranger(self, name: str) -> Account:
        """The same at the park: her rows are nobody else's."""
        return an_account(f"stranger-{name}", role=WATCHERS.get(name, Role.CADRE), at=self.park.place)

    def fill(self, name: str, number: int, *, at: Union, by: Account) -> None:
        """So many more rows of a list at a union."""
        for _each in range(number):
            MAKERS[name](self, at, by)

    def union(self, at: Union, _by: Account) -> None:
        """A branch below the union."""
        register(f"第{next(self.numbers)}车间分会", Level.BRANCH, at)

    def employer(self, at: Union, _by: Account) -> None:
        """An employer in the union's territory."""
        number = next(self.numbers)
        Employer.objects.create(city=CITY, name=f"第{number % 7}贸易公司{number}", place=at.place, employees=number % 5)

    def coverage(self, at: Union, _by: Account) -> None:
        """A union covers an employer of its territory."""
        number = next(self.numbers)
        employer = Employer.objects.create(city=CITY, name=f"第{number % 7}纺织公司{number}", place=at.place)
        Coverage.objects.create(city=CITY, employer=employer, union=at, valid_from=clock.today())

    def target(self, at: Union, by: Account) -> None:
        """An employer without a union that somebody was sent to."""
        number = next(self.numbers)
        employer = Employer.objects.create(city=CITY, name=f"第{number % 7}商行{number}", place=at.place)
        Target.objects.create(
            city=CITY, employer=employer, cadre=by, due_on=clock.today() + timedelta(days=number), handed_on=clock.today()
        )  # fmt: skip

    def away_union(self, at: Union, _by: Account) -> None:
        """A union of people of the union's territory who work far away."""
        number = next(self.numbers)
        union = register(f"驻第{number}工地工会", Level.BRANCH, at)
        AwayUnion.objects.create(
            union=union, city=CITY, home=self.county, host_region="310000", host_place=f"第{number % 5}工地",
            since_on=clock.today(),
        )  # fmt: skip

    def member(self, at: Union, _by: Account) -> None:
        """A member of the union; names come again, so that an order has something to settle."""
        number = next(self.numbers)
        written = {
            "name": f"{SURNAMES[number % 12]}{GIVEN[number % 11 * 2 : number % 11 * 2 + 2]}",
            "id_number": a_number("34992119850714", number),
        }
        enrol(written, at)

    def finding(self, at: Union, _by: Account) -> None:
        """Something in the record of a member of the union is to be put right."""
        number = next(self.numbers)
        person = enrol({"name": "吴小燕", "id_number": a_number("34992119931011", number)}, at)
        Finding.objects.create(city=CITY, person=person, union=at, check_name="phone_missing", facts=f"{number}")

    def transfer(self, at: Union, _by: Account) -> None:
        """The union asks for a member of another."""
        number = next(self.numbers)
        leaves = self.plant if at != self.plant else self.kiln
        person = enrol({"name": "何雪琴", "id_number": a_number("34992119750302", number)}, leaves)
        TransferProposal.objects.create(city=CITY, person=person, to_union=at)

    def parameter_change(self, at: Union, by: Account) -> None:
        """Office hours that were entered and taken back again."""
        number = next(self.numbers)
        ParameterChange.objects.create(
            city=CITY, place=at.place, region_code="349921", key="office_hours", value="09:00-17:00", unit="bands",
            valid_from=clock.today() + timedelta(days=number), source=f"示例文件{number}", entered_by=by,
            state=ChangeState.WITHDRAWN.value,
        )  # fmt: skip

    def phone(self, at: Union, _by: Account) -> None:
        """The union's roster has another phone than the one a member confirmed."""
        number = next(self.numbers)
        person = enrol({"name": "周春梅", "id_number": a_number("34992119880404", number)}, at)
        sealed = seal(f"139000{number:05d}", aad=f"members_person.phone_sealed.{person.pk}")
        PhoneProposal.objects.create(
            city=CITY, person=person, union=at, phone_sealed=sealed, phone_blind=number.to_bytes(16)
        )

    def reorganisation(self, at: Union, _by: Account) -> None:
        """A part of the union shall be dissolved."""
        branch = register(f"第{next(self.numbers)}工段分会", Level.BRANCH, at)
        case = open_case(REORGANISING, place=at.place, askers=[], by=OPERATOR, at=clock.now())
        kept = Reorganisation.objects.create(case=case, city=CITY, operation="dissolve", planned_on=clock.today())
        Concerned.objects.create(city=CITY, reorganisation=kept, union=branch, part="source")

    def application(self, at: Union, _by: Account) -> None:
        """Somebody wants to join the union."""
        an_application(at, next(self.numbers))

    def pair(self, at: Union, _by: Account) -> None:
        """Two records that may be of one person."""
        a_pair(at, next(self.numbers))

    def merge(self, at: Union, by: Account) -> None:
        """Somebody brings a merge before another."""
        open_case(MERGING, place=at.place, askers=(), by=acts(by), at=clock.now())

    def leave(self, at: Union, by: Account) -> None:
        """A member of the union wants to leave."""
        self.member(at, by)
        a_leave(Person.objects.latest("subject"), at)

    def exit(self, at: Union, by: Account) -> None:
        """A member of the union is asked whether she is still there."""
        self.member(at, by)
        an_exit(Person.objects.latest("subject"), at)

    def lost_phone(self, at: Union, by: Account) -> None:
        """Somebody below lost her phone, and two decide here."""
        open_case(REGAINING, place=at.place, askers=(), by=acts(by), at=clock.now())

    def founding(self, at: Union, _by: Account) -> None:
        """Somebody asks for a union there."""
        asked_for_a_union(at, next(self.numbers))

    def election(self, at: Union, _by: Account) -> None:
        """A branch below elects for itself."""
        begin_election(register(f"第{next(self.numbers)}公司工会", Level.BASE, at), by=OPERATOR)

    def recall(self, at: Union, _by: Account) -> None:
        """Somebody is to be recalled in a union below."""
        begin_recall(register(f"第{next(self.numbers)}公司工会", Level.BASE, at), by=OPERATOR)

    def extension(self, at: Union, _by: Account) -> None:
        """A union below asks for more time."""
        union = register(f"第{next(self.numbers)}公司工会", Level.BASE, at)
        Term.objects.create(
            city=CITY, union=union, number=1, years=3, begins_on=clock.today() - timedelta(days=900),
            ends_on=clock.today() + timedelta(days=100), document_number="x", approved_on=clock.today(),
        )  # fmt: skip
        begin_extension(union, by=OPERATOR)

    def cadre(self, at: Union, _by: Account) -> None:
        """Somebody whom the union hired."""
        facts = PostFacts(CadrePost.STAFF, CadreKind.HIRED, clock.today())
        begin_post(Who(name=f"{next(self.numbers)}号何敏"), at.pk, facts, by=OPERATOR, on=clock.today())

    def term(self, at: Union, _by: Account) -> None:
        """A union below, whose term is not recorded yet."""
        register(f"第{next(self.numbers)}公司工会", Level.BASE, at)

    def roster(self, at: Union, by: Account) -> None:
        """A file that was brought in."""
        Import.objects.create(
            city=CITY, kind="members", place=at.place, account=by, author="", file_name=f"花名册{next(self.numbers)}.xlsx",
            file_bytes=1, file_sha256=bytes(32), resume_key=bytes(32), state="done",
        )  # fmt: skip

    def export(self, at: Union, by: Account) -> None:
        """A list that was asked for."""
        ExportRequest.objects.create(
            city=CITY, place=at.place, scope=[at.pk], account=by, author="", source="members", file_format="xlsx",
            purpose="check_register", needs_two=False, rows_asked=12, state="expired",
        )  # fmt: skip

    def change(self, at: Union, by: Account) -> None:
        """A value of a parameter that was entered and taken back."""
        ParameterChange.objects.create(
            city=CITY, place=at.place, region_code="349921", key="office_hours", value="09:00-17:00", unit="bands",
            valid_from=clock.today(), source=f"示例文件{next(self.numbers)}", state="withdrawn", entered_by=by,
        )  # fmt: skip

    def look(self, at: Union, by: Account) -> None:
        """A number that was looked at."""
        subject = Subject.objects.create(city=CITY, key_blind=next(self.numbers).to_bytes(16))
        entry = record("reveal", by=OPERATOR, thing="person", thing_id=subject.pk, place=(CITY, at.pk))
        Look.objects.create(
            city=CITY, subject=subject, field="phone", purpose="contact_member", way="page", account=by, role="cadre",
            place=at.place, unit=at.name, at=clock.now(), entry=entry,
        )  # fmt: skip

    def key(self, at: Union, _by: Account) -> None:
        """A key of the union's."""
        number = next(self.numbers)
        Key.objects.create(
            city=CITY, place=at.place, name=f"数据交换{number}", prefix=f"njk_{number:08d}", key_blind=number.to_bytes(16),
            scopes=["unions:read"], role=Role.OFFICER.value, expires_on=clock.today(),
        )  # fmt: skip

    def webhook(self, at: Union, _by: Account) -> None:
        """An address that the union has events told to."""
        number, ref = next(self.numbers), uuid4()
        Subscription.objects.create(
            ref=ref, city=CITY, place=at.place, name=f"数据交换{number}", address="https://hook.invalid/",
            events=["union.changed"], secret_sealed=seal(drawn_secret(), aad=f"{SECRET}.{ref}"),
        )  # fmt: skip

    def notice(self, at: Union, _by: Account) -> None:
        """Something that hangs in public."""
        a_notice(at.place, number=next(self.numbers))

    def request(self, at: Union, _by: Account) -> None:
        """Somebody of the union asks something; the town has it."""
        number = next(self.numbers)
        person = enrol({"name": "吴小燕", "id_number": a_number("34992119950307", number)}, at)
        words = Words("ask", "leave", "年假有几天？")
        submit(words, by=Actor(account_id=None, name="", subject_id=person.pk), at=clock.now())

    def answer(self, at: Union, by: Account) -> None:
        """An answer that is kept for all, at the town above the union."""
        town = at.place.parent or at.place
        KnownAnswer.objects.create(
            city=CITY,
            place=town,
            topic="leave",
            title=f"问题{next(self.numbers)}",
            text="五天。",
            source="规定第三条",
            written_by=by,
        )

    def account(self, at: Union, _by: Account) -> None:
        """Somebody who acts at the union."""
        number = next(self.numbers)
        an_account(f"account-{number}", at=at.place, name=f"{SURNAMES[number % 12]}敏")


# Who watches a list that is not a cadre's.
WATCHERS = {
    "accounts": Role.SYSTEM_ADMIN,
    "all_looks": Role.AUDITOR,
    "keys": Role.SECURITY_ADMIN,
    "webhooks": Role.SECURITY_ADMIN,
}
MAKERS: dict[str, Callable[[Rows, Union, Account], None]] = {
    "unions": Rows.union,
    "employers": Rows.employer,
    "coverages": Rows.coverage,
    "without_union": Rows.employer,
    "targets": Rows.target,
    "away_unions": Rows.away_union,
    "members": Rows.member,
    "requests": Rows.request,
    "answers": Rows.answer,
    "repairs": Rows.finding,
    "transfers": Rows.transfer,
    "phones": Rows.phone,
    "joining_cases": Rows.application,
    "same_person": Rows.pair,
    "merging_cases": Rows.merge,
    "regaining_cases": Rows.lost_phone,
    "leaving_cases": Rows.leave,
    "exit_cases": Rows.exit,
    "founding_cases": Rows.founding,
    "terms": Rows.term,
    "cadres": Rows.cadre,
    "four_haves": Rows.term,
    "election_cases": Rows.election,
    "extension_cases": Rows.extension,
    "recall_cases": Rows.recall,
    "reorganising_cases": Rows.reorganisation,
    "cards": Rows.member,
    "imports": Rows.roster,
    "exports": Rows.export,
    "looks": Rows.look,
    "all_looks": Rows.look,
    "notices": Rows.notice,
    "parameter_changes": Rows.parameter_change,
    "accounts": Rows.account,
    "keys": Rows.key,
    "webhooks": Rows.webhook,
}


def acts(account: Account) -> Actor:
    """The account with the rights of today."""
    return actor_of(account, on=clock.today())
