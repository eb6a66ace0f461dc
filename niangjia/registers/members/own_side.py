"""What the register of members tells a person of herself on her own side: what is held, and which union she is in."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.intake.models import Import
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import OwnFact, OwnRecord, OwnUnion
from niangjia.kernel.worded import Worded
from niangjia.registers.members.forms import CODED
from niangjia.registers.members.history import PersonEvent
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.words import FIELD_WORDS, KEPT_WORDS, KIND_WORDS, SEX_WORDS, STATE_BADGES, title_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import ancestors_of

# What is told of who she is, of her work, and of where she comes from.
IDENTITY = ("name", "id_kind", "id_number", "phone", "sex", "birth_on")
WORK = ("workplace", "title", "employment", "occupation", "skill", "migrant")
ORIGIN = ("household_registration", "ethnicity", "education", "political")
# A sealed value looks new each time it is written: a phone is followed by its index, a number not at all.
FOLLOWED_BY = {"phone": "phone_blind", "id_number": ""}
MOST_CHANGES = 50
HERSELF = Worded(lambda subject: Person.objects.filter(pk=subject), subject=int)
EDITS = Worded(
    lambda person: (
        Entry.objects.filter(thing="person", thing_id=person, verb="edit_member")
        .order_by("-id")
        .values_list("at", "author", "detail")[:MOST_CHANGES]
    ),
    person=int,
)
EVENTS = Worded(
    lambda person: PersonEvent.objects.filter(pgh_obj_id=person).order_by("-pgh_id")[:MOST_CHANGES],
    person=int,
)
EVER_HELD = Worded(
    lambda subject: Membership.objects.filter(person_id=subject).select_related("union").order_by("-period"),
    subject=int,
)
HELD = Worded(
    lambda subject: Membership.objects.filter(
        person_id=subject, period__upper_inf=True, state__in=HOLDING
    ).select_related("union__place")[:1],
    subject=int,
)

_SEEN = gettext_lazy(
    "您的工会和它上面各级工会里管会籍的干部。证件号和手机号他们平时也只看到打星号的，看全号要说为什么，您马上能看到。"
)
_SEEN_PLAIN = gettext_lazy("您的工会和它上面各级工会里管会籍的干部。别的单位看不到。")


class Origins:
    """Since when each fact of a person is as it is, and whence it came (来处): the journal and the history tell."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.first = _origin(person.intake_id)
        self.registered_on = _day(person.registered_at)
        self.edits = EDITS(person=person.pk)
        self.events = EVENTS(person=person.pk)

    def of(self, fact: str) -> tuple[date | None, str]:
        """Day and source of one fact that was changed; nothing where it is as it was registered."""
        for at, author, detail in self.edits:
            if fact in detail:
                return _day(at), _("{who}改的").format(who=unit_and_role(author_of(author)))
        changed = self._changed_at(fact)
        return (_day(changed), _("工会更新花名册时改的")) if changed else (None, "")

    def _changed_at(self, fact: str) -> Any:
        column, since = FOLLOWED_BY.get(fact, fact), None
        for event in self.events if column else []:
            if getattr(event, column) != getattr(self.person, column):
                return since
            since = event.pgh_created_at
        return None


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """What the register holds about the person herself; numbers are masked here, too: others look over shoulders."""
    person = next(iter(HERSELF(subject=actor.subject_id)), None) if actor.subject_id else None
    if person is None:
        return
    origins = Origins(person)
    values = _values(person)
    line = _("来自{origin}，{day}登记。").format(origin=origins.first, day=day(origins.registered_on))
    yield OwnRecord(_("我是谁"), "id", _facts(IDENTITY, values, origins), line, _SEEN)
    yield OwnRecord(_("我的工作"), "briefcase", _facts(WORK, values, origins), line, _SEEN_PLAIN)
    if any(values[name] for name in ORIGIN):
        yield OwnRecord(_("户籍、民族、学历"), "home", _facts(ORIGIN, values, origins), line, _SEEN_PLAIN)
    yield from map(_of_membership, EVER_HELD(subject=person.pk))


def own_union(actor: Actor) -> OwnUnion | None:
    """The union she is a member of now, and those above it, the nearest first."""
    if actor.subject_id is None:
        return None
    membership = next(iter(HELD(subject=actor.subject_id)), None)
    if membership is None:
        return None
    above = tuple(_told(union) for union in reversed(ancestors_of(membership.union)))
    return _told(membership.union, joined_on=membership.joined_on, above=above)


def _values(person: Person) -> dict[str, Any]:
    """Every fact as she is shown it."""
    migrant = {None: "", True: "yes", False: "no"}[person.migrant]
    coded = {
        name: title_of(CODED[name], getattr(person, name))
        for name in CODED
        if name != "migrant" and hasattr(person, name)
    }
    return coded | {
        "name": person.name,
        "id_number": shown_number(person),
        "phone": shown_phone(person),
        "sex": SEX_WORDS.get(person.sex, ""),
        "birth_on": day(person.birth_on),
        "workplace": person.workplace,
        "title": person.title,
        "migrant": title_of(CODED["migrant"], migrant),
    }  # fmt: skip


def _facts(names: Iterable[str], values: dict[str, Any], origins: Origins) -> tuple[OwnFact, ...]:
    return tuple(_fact(name, values[name], origins) for name in names if values[name] or name in ("phone", "workplace"))


def _fact(name: str, value: Any, origins: Origins) -> OwnFact:
    confirmed = origins.person.phone_confirmed_at if name == "phone" else None
    since, origin = (_day(confirmed), _("您用验证码确认过")) if confirmed else origins.of(name)
    return OwnFact(FIELD_WORDS[name], value, since, origin if value else "", fact=name)


def _of_membership(membership: Membership) -> OwnRecord:
    facts = (
        OwnFact(_("工会"), membership.union.name),
        OwnFact(_("会籍"), STATE_BADGES[membership.state]),
        *((OwnFact(_("为什么保留"), KEPT_WORDS[membership.because]),) if membership.because in KEPT_WORDS else ()),
        OwnFact(_("入会方式"), KIND_WORDS.get(membership.kind, "")),
        OwnFact(FIELD_WORDS["joined_on"], day(membership.joined_on), fact="joined_on"),
        OwnFact(FIELD_WORDS["member_no"], membership.member_no, fact="member_no"),
    )
    began = _("来自{origin}，{day}起。").format(origin=_origin(membership.intake_id), day=day(membership.period.lower))
    return OwnRecord(_("我的会籍"), "certificate", facts, began, _SEEN_PLAIN)


def _told(union: Union, **more: Any) -> OwnUnion:
    return OwnUnion(union.name, union.code, union.get_kind_display(), union.phone, union.address, **more)


def _origin(intake_id: int | None) -> str:
    """Whence a record came: a roster of a union, or a cadre who wrote it."""
    if intake_id is None:
        return _("工会干部的登记")
    with beyond(Purpose.OWN_DATA):  # the roster is its union's, that it brought her is hers to know
        place = Import.objects.filter(pk=intake_id).values_list("place_id", flat=True).first()
    name = place_names([place]).get(place, "") if place else ""
    return _("{union}的花名册").format(union=name) if name else _("工会的花名册")


def _day(at: Any) -> date:
    found: date = at.astimezone(clock.PEOPLE_ZONE).date()
    return found
