"""The lists of leaves and of proposed exits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.listing import NOT_HERS, desk_cases, listing_of
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.queries import why_not
from niangjia.kernel.cases.refusals import SENTENCES
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.listing import Column, Empty, Filter, Listing
from niangjia.kernel.listing.declaration import BulkAction, Preview, Rows
from niangjia.registers.members.leaving.exits import exit_done
from niangjia.registers.members.leaving.kind import EXIT_CASES, EXIT_LINE, LEAVING_LINE
from niangjia.registers.members.leaving.rules.workflow import KEEP, KEEP_REASONS
from niangjia.registers.members.leaving.sources import BY_HAND, HAND_WORDS, sources, words_of
from niangjia.registers.members.rules.moves import CHANGE_MEMBERSHIP


def _listing(line: Line, record: str, empty: Empty) -> Listing:
    """The list of one of these lines, each row by the member's name."""

    def rows(actor: Actor) -> Rows:
        return desk_cases(line, actor).select_related(f"{record}__person", f"{record}__union")

    def found(cases: Rows, written: str) -> Rows:
        tidy = written.strip()[:64]
        return cases.filter(
            Q(**{f"{record}__person__name__contains": tidy})
            | Q(**{f"{record}__union__name__contains": tidy})
            | Q(number__contains=tidy)
        )

    def name(case: Case) -> Any:
        return getattr(case, record).person.name

    def union(case: Case) -> Any:
        return getattr(case, record).union.name

    base = listing_of(line)
    first = Column(_("会员"), name, link=line.kind.desk, note="number", sort=(f"{record}__person__name", "pk"))
    return replace(
        base, visible_to=rows, columns=(first, Column(_("工会"), union), *base.columns[2:]), search=found,
        search_words=_("姓名、工会、编号"), empty=empty, move=CHANGE_MEMBERSHIP,
    )  # fmt: skip


def _looked_at(rows: Rows, _value: str, *, by: Actor) -> Preview:
    """What would stay as it is, and why the rest is left."""
    found = [(case, why_not(by, KEEP, case)) for case in rows]
    left = Counter(SENTENCES.get(why, NOT_HERS) for _case, why in found if why is not None)
    words = tuple((_(str(sentence)), number) for sentence, number in left.items())
    return Preview(changes=tuple(case.pk for case, why in found if why is None), left=words)


def _kept(keys: Iterable[int], value: str, *, by: Actor) -> int:
    number = 0
    for case_id in sorted(set(keys)):
        try:
            exit_done(case_id, KEEP, Pressed(by, clock.now(), reason=value))
        except (NotMade, Forbidden):
            continue
        number += 1
    return number


def _source(case: Case) -> Any:
    return words_of(case.exit.source)


LEAVES = _listing(
    LEAVING_LINE, "leaving", Empty(_("没有人要退会"), _("会员在手机上提出退会，就会到这里等确认。"), icon="logout")
)
_EXITS = _listing(
    EXIT_LINE,
    "exit",
    Empty(
        _("没有要问的会籍"),
        _("单位关停、过了最晚退休年龄的会员，每天会提到这里；也可以从会员页面提出。本人先答复，再由人决定。"),
        icon="user-minus",
    ),
)
EXITS = replace(
    _EXITS,
    columns=(*_EXITS.columns[:2], Column(_("怎么提出的"), _source, wide_only=True), *_EXITS.columns[2:]),
    filters=(
        *_EXITS.filters,
        Filter(
            "source",
            _("怎么提出的"),
            choices=lambda _actor: [*((each.key, each.words) for each in sources()), (BY_HAND, HAND_WORDS)],
            apply="exit__source",
        ),
    ),
    actions=(
        BulkAction(
            KEEP,
            EXIT_CASES.moves[KEEP],
            icon="check",
            move=CHANGE_MEMBERSHIP,
            asks=_("为什么不变"),
            choices=[(name, EXIT_CASES.reasons[name]) for name in KEEP_REASONS],
            preview=_looked_at,
            apply=_kept,
            consequence=_("会籍一点不变，每一位都会收到消息。要结束或者保留会籍的，一件一件地定。"),
        ),
    ),
)
