"""An employer asks, and adds to what it asked; whoever proved the phone acts, without an account."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.rules import day_began
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.sealed import blind
from niangjia.services.requests.following import add_words
from niangjia.services.requests.for_employers.models import EmployerAsk
from niangjia.services.requests.for_employers.queries import FORM, PHONE, asked_since, one_asked_by
from niangjia.services.requests.for_employers.rules import BY_CODE, why_not_ask
from niangjia.services.requests.models import Request, Speaker
from niangjia.services.requests.rules import Channel, Words
from niangjia.services.requests.rules.workflow import OPEN_STAGES
from niangjia.services.requests.saying import Caller, NotSaid, said_for_employer
from niangjia.services.requests.telling import tell_desk

NOBODY = Actor(account_id=None, name="employer")
# Whoever asks counts what the phone asked before, so that a burst is counted exactly.
ASKING_LOCK = 0x656D706C


@dataclass(frozen=True)
class Contact:
    """Who speaks for an employer (单位联系人): by a phone that was proved; that she may is for the desk to find out."""

    employer_id: int
    phone: str


@dataclass(frozen=True)
class Asking:
    """What an employer writes: the kind, the topic, the words, her name, and the key of the form."""

    kind: str
    topic: str
    text: str
    name: str
    is_urgent: bool = False
    key: str = ""


@transaction.atomic
def ask_for_employer(asking: Asking, contact: Contact, *, at: datetime) -> Request:
    """Ask the union above for an employer (单位求助); the same form sent again is the same request."""
    index = blind(FORM, f"{contact.phone}:{asking.key or token_hex(16)}")
    with beyond(Purpose.CASES):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ASKING_LOCK])
        before = EmployerAsk.objects.filter(form_blind=index).select_related("request__case").first()
        if before is not None:
            return before.request
        reason = why_not_ask(asked_since(contact.phone, day_began(at, zone=clock.PEOPLE_ZONE)))
        if reason is not None:
            raise NotSaid(reason)
        wanted = BY_CODE[asking.kind]
        # What it wants of the union stands as the wish: the desk reads it there.
        words = Words(
            wanted.kind.value,
            asking.topic,
            asking.text,
            wanted.title,
            channel=Channel.EMPLOYER,
            is_urgent=asking.is_urgent,
        )
        caller = Caller(name=asking.name, phone=contact.phone, employer_id=contact.employer_id)
        made = said_for_employer(words, caller, by=NOBODY, at=at)
        EmployerAsk.objects.create(
            request=made,
            city=made.city,
            kind=asking.kind,
            phone_blind=blind(PHONE, contact.phone),
            form_blind=index,
            at=at,
        )
    return made


@transaction.atomic
def add_for_employer(number: int, says: str, contact: Contact, *, at: datetime) -> None:
    """Say something more (补充) to what this employer asked with this phone; the desk is told."""
    found = one_asked_by(contact.employer_id, contact.phone, number)
    if found is None or found.request.case.stage not in OPEN_STAGES:
        raise NotMade(Reason("employer_closed", _CLOSED, {}))
    with beyond(Purpose.CASES):
        add_words(found.request, says, speaker=Speaker.ASKER, by=NOBODY, at=at)
        tell_desk("request_more_said", found.request.case)


_CLOSED = gettext_noop("这件事已经办结了。还有事，再提一件。")
