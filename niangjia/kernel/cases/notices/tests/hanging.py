"""Notices for tests: kinds of our own, a case, and what hangs of it."""

from datetime import date, timedelta
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices.models import Hanging, Objection, Publication
from niangjia.kernel.cases.notices.queries import RECEIPT, SAYS
from niangjia.kernel.cases.notices.rules import NoticeKind
from niangjia.kernel.cases.rules import Move, Stage, Who, Workflow
from niangjia.kernel.cases.tests.world import allow
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.kernel.sealed import blind, seal

FLOW = Workflow(
    "noticed",
    1,
    "checked",
    stages=(Stage("checked", 0), Stage("shown", 1), Stage("granted", 2, is_final=True)),
    moves=(
        Move("show", frozenset({"checked"}), "shown", frozenset({Who.DESK})),
        Move("put_back", frozenset({"shown"}), "checked", frozenset({Who.DESK})),
        Move("grant", frozenset({"shown"}), "granted", frozenset({Who.SECOND}), needs_notice=True),
    ),
)
FLOW_PATH = "niangjia.kernel.cases.notices.tests.hanging.FLOW"
AID = NoticeKind("aid", gettext_noop("帮扶公示"), (("study", gettext_noop("助学")), ("relief", gettext_noop("救助"))))
PRIZE = NoticeKind("prize", gettext_noop("评优公示"), (("model", gettext_noop("劳模")),), shows_amount=True)
KINDS = (AID, PRIZE)
KINDS_PATH = "niangjia.kernel.cases.notices.tests.hanging.KINDS"
WEEK = timedelta(days=7)
RECEIPT_OF_TESTS = "4096204840962048"


def a_case(place: Place, *, number: int = 1) -> Case:
    """A case of a place, at the beginning of a table of its own."""
    allow(FLOW)
    return Case.objects.create(
        city=place.city, kind=FLOW.kind, version=1, number=f"2026-{number:04d}-0001", stage=FLOW.start, place=place
    )


def a_notice(place: Place, *, number: int = 1, begins_on: date | None = None, **facts: Any) -> Publication:
    """What hangs at a place since today, for a week."""
    first = begins_on or clock.today()
    given = {
        "city": place.city, "code": f"{number:08d}".translate(str.maketrans("01", "zy")), "case": facts.pop("case", None) or a_case(place, number=number), "kind": "aid",
        "place": place, "name": "陈*兰", "category": "study", "union_name": "柳林镇总工会", "begins_on": first, "ends_on": first + WEEK,
    }  # fmt: skip
    notice = Publication.objects.create(**given | facts)
    Hanging.objects.create(city=place.city, publication=notice, place=place)
    return notice


def an_objection(notice: Publication, words: str = "她家有两套房。", **facts: Any) -> Objection:
    """What somebody says against it, with the receipt of the tests."""
    objection = Objection.objects.create(
        city=notice.city, publication=notice, place=notice.place, receipt_blind=blind(RECEIPT, facts.pop("receipt", RECEIPT_OF_TESTS)), **facts
    )  # fmt: skip
    objection.says_sealed = seal(words, aad=f"{SAYS}.{objection.pk}")
    objection.save(update_fields=["says_sealed"])
    return objection
