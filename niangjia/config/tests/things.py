"""What the addresses of the program speak of: things of the mill, and the same address of a thing that is not there."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from niangjia.config.tests.crossing import NOBODY_ID, Crossing, Route
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.notices.tests.hanging import a_notice
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.privacy.models import PersonalFile, RightsRequest
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.programs.models import Key
from niangjia.kernel.sealed import seal
from niangjia.kernel.webhooks.models import Subscription
from niangjia.kernel.webhooks.queries import SECRET
from niangjia.kernel.webhooks.signing import drawn_secret
from niangjia.registers.cadres.handing.models import Handover, HandoverItem
from niangjia.registers.cadres.models import Cadre, Contact, Posting
from niangjia.registers.cards.models import PrintBatch
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.motions.moving import begin_extension, begin_recall
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.employers.targets.models import Lead, Target
from niangjia.registers.founding.tests.site import an_application as asked_for_a_union
from niangjia.registers.households.tests.homes import a_lodger
from niangjia.registers.members.clinic.models import Finding
from niangjia.registers.members.joining.tests.hall import an_application
from niangjia.registers.members.leaving.tests.hall import a_leave, an_exit
from niangjia.registers.members.merging.tests.two import a_merge, a_pair
from niangjia.registers.members.models import PhoneProposal, TransferProposal
from niangjia.registers.members.regaining.tests.lost import a_regaining
from niangjia.registers.orgs.reorganising.models import Concerned, Reorganisation
from niangjia.registers.orgs.reorganising.rules.workflow import REORGANISING
from niangjia.registers.orgs.tests.office import OPERATOR
from niangjia.services.requests.models import KnownAnswer, LocalTopic, Request
from niangjia.services.requests.rules import Against, Words
from niangjia.services.requests.saying import submit

NO_SUCH_UUID = UUID("00000000-0000-4000-8000-000000000000")


def an_import(world: Crossing) -> Import:
    """A roster of the mill that was brought in."""
    return Import.objects.create(
        city=world.mill.city, kind="members", place=world.mill.place, author="安禾县总工会", file_name="花名册.csv", file_bytes=1,
        file_sha256=bytes(32), resume_key=bytes(32), state=State.DONE,
    )  # fmt: skip


def a_transfer(world: Crossing) -> TransferProposal:
    """The plant asks for the member of the mill."""
    return TransferProposal.objects.create(
        city=world.mill.city, person_id=world.chen.pk, to_union=world.plant, name_written=world.chen.name
    )


def a_target(world: Crossing, employer: Employer, keeper: Account) -> Target:
    """The mill's employer was handed to somebody, who goes there until next week."""
    return Target.objects.create(
        city=world.mill.city, employer=employer, cadre=keeper, due_on=clock.today() + timedelta(days=7),
        handed_on=clock.today(),
    )  # fmt: skip


def a_lead(world: Crossing) -> Lead:
    """Three members of the mill's write a name that nobody knows."""
    return Lead.objects.create(
        city=world.mill.city, place=world.mill.place, name="同心超市", name_key="同心超市", members=3,
        found_on=clock.today(),
    )  # fmt: skip


def an_away_union(world: Crossing) -> AwayUnion:
    """The mill is a union away from home."""
    return AwayUnion.objects.create(
        union=world.mill,
        city=world.mill.city,
        home=world.county,
        host_region="310000",
        host_place="上海",
        since_on=clock.today(),
    )


def a_phone(world: Crossing) -> PhoneProposal:
    """The mill's roster has another phone than the one its member confirmed."""
    sealed = seal("13900001111", aad=f"members_person.phone_sealed.{world.chen.pk}")
    return PhoneProposal.objects.create(
        city=world.mill.city, person_id=world.chen.pk, union=world.mill, phone_sealed=sealed, phone_blind=bytes(16)
    )


def a_batch(world: Crossing) -> PrintBatch:
    """Cards that the mill printed."""
    return PrintBatch.objects.create(city=world.mill.city, place=world.mill.place, printed_on=clock.today())


def a_list(world: Crossing, kind: str = "unions") -> Import:
    """A list that was brought in for the mill's own subtree, of unions or of employers."""
    return Import.objects.create(
        city=world.mill.city, kind=kind, place=world.mill.place, author="安禾县总工会", file_name="名单.csv", file_bytes=1,
        file_sha256=bytes(32), resume_key=kind.encode().ljust(32), state=State.DONE,
    )  # fmt: skip


def a_correction(world: Crossing) -> RightsRequest:
    """What the member of the mill asks to be put right."""
    return RightsRequest.objects.create(
        city=world.mill.city, subject_id=world.chen.pk, place=world.mill.place, kind="correct", asked_by="self", fact="phone"
    )  # fmt: skip


def a_file(world: Crossing) -> PersonalFile:
    """The file of everything held about her, not made yet."""
    load_notices()
    return PersonalFile.objects.create(
        city=world.mill.city, subject_id=world.chen.pk, asked_on=clock.today(), expires_at=clock.now() + timedelta(days=1)
    )  # fmt: skip


def a_change(world: Crossing) -> ParameterChange:
    """Office hours that the mill would have, waiting for somebody."""
    return ParameterChange.objects.create(
        city=world.mill.city, place=world.mill.place, region_code="349921", key="office_hours", value="09:00-17:00",
        unit="bands", valid_from=clock.today(), source="示例文件",
    )  # fmt: skip


def an_export(world: Crossing, keeper: Account) -> ExportRequest:
    """A list of the mill's members that its chair asked for, and that waits for a second person."""
    return ExportRequest.objects.create(
        city=world.mill.city, place=world.mill.place, scope=[world.mill.pk], account=keeper, author="", source="members",
        file_format="xlsx", purpose="check_register", needs_two=True, rows_asked=2_000, state="asked",
    )  # fmt: skip


def a_key(world: Crossing) -> Key:
    """A key of the mill's."""
    return Key.objects.create(
        city=world.mill.city, place=world.mill.place, name="x", prefix="njk_00000000", key_blind=bytes(16),
        scopes=["unions:read"], role=Role.OFFICER.value, expires_on=clock.today(),
    )  # fmt: skip


def a_webhook(world: Crossing) -> Subscription:
    """An address that the mill has events told to, stopped."""
    ref = uuid4()
    return Subscription.objects.create(
        ref=ref, city=world.mill.city, place=world.mill.place, name="x", address="https://hook.invalid/",
        events=["union.changed"], state="stopped", secret_sealed=seal(drawn_secret(), aad=f"{SECRET}.{ref}"),
    )  # fmt: skip


def a_request(world: Crossing) -> Request:
    """What the member of the mill says of her employer."""
    words = Words("complain", "wages", "九月的工资到现在没有发。", against=Against.EMPLOYER)
    return submit(words, by=Actor(account_id=None, name="", subject_id=world.chen.pk), at=clock.now())


def an_answer(world: Crossing) -> KnownAnswer:
    """An answer that the county keeps for all."""
    return KnownAnswer.objects.create(
        city=world.mill.city,
        place=world.county.place,
        topic="leave",
        title="年假有几天？",
        text="五天。",
        source="规定第三条",
    )


def a_topic(world: Crossing) -> LocalTopic:
    """A topic that the county adds."""
    return LocalTopic.objects.create(
        city=world.mill.city, place=world.county.place, code="local_boats", title="渔船上的工钱"
    )


def a_view(world: Crossing, keeper: Account) -> SavedView:
    """Filters that its chair keeps, for herself alone."""
    return SavedView.objects.create(
        city=world.mill.city,
        place=world.mill.place,
        account=keeper,
        listing="members",
        name="女职工",
        asked="sex=female",
    )


def a_finding(world: Crossing) -> Finding:
    """The record of the mill's member lacks a phone."""
    return Finding.objects.create(
        city=world.mill.city, person_id=world.chen.pk, union=world.mill, check_name="phone_missing", facts="x"
    )


def a_run(world: Crossing, keeper: Account) -> BulkRun:
    """What its chair began with many members of the mill."""
    return BulkRun.objects.create(
        city=world.mill.city, place=world.mill.place, account=keeper, listing="members", action="group", value="x",
        agreed="x", keys=[world.chen.pk], total=1,
    )  # fmt: skip


def an_extension(world: Crossing) -> int:
    """The mill, which has a term, asks for more time."""
    Term.objects.create(
        city=world.mill.city, union=world.mill, number=1, years=3, begins_on=clock.today() - timedelta(days=900),
        ends_on=clock.today() + timedelta(days=100), document_number="x", approved_on=clock.today(),
    )  # fmt: skip
    return begin_extension(world.mill, by=OPERATOR).pk


def a_reorganisation(world: Crossing) -> int:
    """The mill shall be dissolved; the town above it decides."""
    case = open_case(REORGANISING, place=world.town.place, askers=[], by=OPERATOR, at=clock.now())
    kept = Reorganisation.objects.create(
        case=case, city=world.mill.city, operation="dissolve", planned_on=clock.today()
    )
    Concerned.objects.create(city=world.mill.city, reorganisation=kept, union=world.mill, part="source")
    return case.pk


def a_seat(world: Crossing) -> Seat:
    """The member of the mill sits on its committee."""
    term = Term.objects.get(union=world.mill)
    body = Body.objects.create(
        city=world.mill.city, term=term, union=world.mill, kind="committee", since=term.begins_on
    )
    return Seat.objects.create(
        city=world.mill.city, body=body, union=world.mill, person_id=world.chen.pk, since=term.begins_on
    )


def cadres_of(world: Crossing) -> dict[str, Any]:
    """Somebody whom the mill hired, whom she keeps in touch with, and what she handed over."""
    mill, city = world.mill, world.mill.city
    hired = Cadre.objects.create(city=city, union=mill, name="陈晓玲")
    today = clock.today()
    posting = Posting.objects.create(city=city, cadre=hired, union=mill, post="staff", kind="hired", since=today)
    contact = Contact.objects.create(city=city, cadre=hired, union=mill, since=today)
    handed = Handover.objects.create(
        city=city, union=mill, outgoing=hired, left_on=today, opened_on=today, due_on=today + timedelta(days=30)
    )
    item = HandoverItem.objects.create(city=city, handover=handed, thing="seal")
    return {
        "cadre_id": hired.pk, "posting_id": posting.pk, "contact_id": contact.pk, "handover_id": handed.pk,
        "item_id": item.pk,
    }  # fmt: skip


def values_of(route: Route, things: dict[str, Any]) -> dict[str, Any]:
    """What fills an address so that it speaks of the mill; a parameter nobody declared here fails."""
    first, second, *_rest = [*route.pattern.removeprefix("api/v1/").split("/"), ""]
    slices = (f"{first}/{second}.", f"{first}.", "")
    return {
        name: next((things[f"{each}{name}"] for each in slices if things.get(f"{each}{name}")), None) or things[name]
        for name in route.parameters
    }


def things_of(world: Crossing) -> dict[str, Any]:
    """What addresses speak of, by the name of the parameter."""
    facts = EmployerFacts(name="鸿远纺织有限公司", place_id=world.mill.pk, employees=1_200, women_employees=800)
    employer = register_employer(facts, by=OPERATOR)
    keeper = an_account("keeper", role=Role.CHAIR, at=world.mill.place)
    notice = a_notice(world.mill.place)
    return {
        "notice_id": notice.pk, "notices.code": notice.code,
        "members.pk": world.chen.pk, "member_id": world.chen.pk, "code": world.mill.code, "employers.pk": employer.pk,
        "employer_id": employer.pk, "union_id": world.mill.pk, "import_id": an_import(world).pk, "rest": "nothing/",
        "field": "id_number", "session": NO_SUCH_UUID, "account": "zhou", "token": "abc-def",
        "number": keeper.pk, "grant": keeper.grants.get().pk, "act": "unlock", "passkeys.pk": NOBODY_ID, "pk": NOBODY_ID,
        "batch_id": a_batch(world).pk, "transfer_id": a_transfer(world).pk, "proposal_id": a_phone(world).pk,
        "target_id": a_target(world, employer, keeper).pk, "lead_id": a_lead(world).pk, "away_id": an_away_union(world).pk,
        "list_id": a_list(world).pk, "export_id": an_export(world, keeper).pk, "files.file_id": NOBODY_ID,
        "person_id": world.chen.pk, "request_id": a_correction(world).pk, "file_id": a_file(world).pk, "key": "health",
        "region": "349921", "message_id": NOBODY_ID, "kind": "unions", "purpose": "see_unions",
        "said_id": (asked := a_request(world)).pk, "case_id": asked.pk, "say.kind": "ask", "move": "take",
        "desk.case_id": (applied := an_application(world.mill, 1, subject_id=world.chen.pk)).pk, "desk.move": "approve",
        "mine.case_id": applied.pk, "mine.move": "withdraw",
        "desk/leaving.case_id": (leaves := a_leave(world.chen, world.mill)).pk, "desk/leaving.move": "confirm",
        "mine/leaving.case_id": leaves.pk, "mine/leaving.move": "withdraw",
        "desk/exit.case_id": (asked_of := an_exit(world.chen, world.mill)).pk, "desk/exit.move": "keep",
        "mine/exit.case_id": asked_of.pk, "mine/exit.move": "stay",
        "desk/founding.case_id": (wished := asked_for_a_union(world.mill, 1, subject_id=world.chen.pk)).pk,
        "desk/founding.move": "refuse", "mine/founding.case_id": wished.pk,
        "desk/regaining.case_id": (lost := a_regaining(world.chen.pk)).pk, "desk/regaining.move": "agree",
        "mine/regaining.case_id": lost.pk, "mine/regaining.move": "not_me",
        "desk/election.case_id": begin_election(world.mill, by=OPERATOR).pk, "desk/election.move": "plan",
        "desk/extension.case_id": an_extension(world), "desk/extension.move": "ask",
        "desk/recall.case_id": begin_recall(world.mill, by=OPERATOR).pk, "desk/recall.move": "propose",
        "mine/election.case_id": NOBODY_ID, "mine/election.move": "plan", "mine/extension.case_id": NOBODY_ID,
        "mine/extension.move": "ask", "mine/recall.case_id": NOBODY_ID, "mine/recall.move": "propose",
        "answer_id": an_answer(world).pk, "topic_id": a_topic(world).pk,
        "finding_id": a_finding(world).pk, "belonging_id": a_lodger(world.chen),
        "pair_id": (pair := a_pair(world.mill, 1)).pk, "merge_id": (merge := a_merge(pair)).pk,
        "desk/merging.case_id": merge.pk, "desk/merging.move": "propose", "mine/merging.case_id": NOBODY_ID,
        "mine/merging.move": "propose", "desk/reorganising.case_id": a_reorganisation(world), "desk/reorganising.move": "submit",
        "mine/reorganising.case_id": NOBODY_ID, "mine/reorganising.move": "submit",
        "employers/imports.list_id": a_list(world, "employers").pk, "seat_id": a_seat(world).pk,
        "listing": "members", "action": "group", "view_id": a_view(world, keeper).pk, "run_id": a_run(world, keeper).pk,
        "operation": "list_unions", "unions.operation": "merge", "check": "same_name_twice", "year": 2026,
        "parameters.key": "office_hours", "change_id": a_change(world).pk, "key_id": a_key(world).pk,
        "webhook_id": a_webhook(world).pk,
        **cadres_of(world),
    }  # fmt: skip


ABSENT: dict[str, Any] = {
    "listing": "nothing",
    "action": "nothing",
    "check": "nothing",
    "operation": "nothing",
    "code": "NOSUCHUNION",
    "region": "999999",
    "kind": "nothing",
    "field": "id_number",
    "rest": "nothing/",
    "move": "nothing",
}


def absent_values(values: dict[str, Any]) -> dict[str, Any]:
    """The same address, of a thing that is not there."""
    return {name: ABSENT.get(name, NOBODY_ID if isinstance(value, int) else value) for name, value in values.items()}
