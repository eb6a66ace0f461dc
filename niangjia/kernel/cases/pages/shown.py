"""What stands on the two pages of a case: for who works on it, and for who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Content, Words, named
from niangjia.kernel.cases.models import Case, Rating
from niangjia.kernel.cases.pages import hands
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.desk import hand_overs_of, helpers_of, may_hand_on, trail_of
from niangjia.kernel.cases.pages.forms import OPINIONS, RateForm
from niangjia.kernel.cases.pages.listing import badge_of
from niangjia.kernel.cases.pages.own import matter_of
from niangjia.kernel.cases.pages.times import times_of
from niangjia.kernel.cases.queries import flow_under, knows_who, moves_of, timeline
from niangjia.kernel.cases.rules import Move, Waits, Who
from niangjia.kernel.places.queries import place_names


@dataclass(frozen=True)
class Button:
    """A move as a button (可以办的一步): what it is called, and whether it is pressed at once or asks for something first."""

    move: Move
    words: Words
    # Who asked ends it by this herself: never the main button, and never pressed by accident.
    ends: bool = False

    @property
    def name(self) -> str:
        """The move's name, as its address says it."""
        return self.move.name

    @property
    def asks(self) -> bool:
        """Whether it has a page of its own: a form, a reason, or an end that nobody should press by accident."""
        return bool(self.move.form or self.move.reasons or self.move.is_verdict or self.ends)


def desk_context(line: Line, case: Case, actor: Actor) -> dict[str, Any]:
    """One case with all that can be done now."""
    offers = hand_overs_of(case, actor)
    # What is offered here is taken or declined first.
    is_offered = any(each.is_here for each in offers)
    return {
        "line": line,
        "case": case,
        "title": named([case])[case.pk],
        "badge": badge_of(line, case),
        "office": place_names([case.place_id]).get(case.place_id, ""),
        "content": content_of(line, case, actor),
        "knows": knows_who(actor, case),
        "steps": trail_of(case),
        "buttons": [] if is_offered else buttons_of(line, case, actor),
        "waits": _waits(case),
        "offers": offers,
        "is_offered": is_offered,
        "hands": [] if is_offered or not may_hand_on(case, actor) else _hands(line, case),
        "times": times_of(case, at=clock.now()),
        "facts": [*_facts(case), *(import_string(line.facts)(case, actor) if line.facts else ())],
        "helpers": helpers_of(case),
        "addresses": Addresses(line),
    }


def own_context(line: Line, case: Case, actor: Actor) -> dict[str, Any]:
    """A case like a parcel, with what she can do."""
    told = [each for each in reversed(timeline(case, is_desk=False)) if each.says and each.author]
    rating = Rating.objects.filter(case=case, revision=case.revision).first()
    return {
        "line": line,
        "case": case,
        "matter": matter_of(case, line.kind, line.own, at=clock.now()),
        "content": content_of(line, case, actor),
        "said": told,
        "buttons": buttons_of(line, case, actor),
        "handler": case.handler.name if case.handler else "",
        "rated": dict(OPINIONS).get(rating.opinion, "") if rating else "",
        "rating_form": RateForm() if rating is None and case.stage in flow_under(case).may_rate else None,
        "addresses": Addresses(line),
    }


@dataclass(frozen=True)
class Addresses:
    """The names of a line's addresses, as templates ask for them."""

    line: Line

    @property
    def desk_move(self) -> str:
        """A move at the desk."""
        return f"{self.line.kind.kind}_move"

    @property
    def own_move(self) -> str:
        """A move of who asked."""
        return f"{self.line.kind.kind}_own_move"

    @property
    def rate(self) -> str:
        """How it went."""
        return f"{self.line.kind.kind}_rate"

    @property
    def list(self) -> str:
        """The list of its cases."""
        return f"{self.line.kind.kind}_cases"


def content_of(line: Line, case: Case, actor: Actor) -> Content:
    """What a case is about, as its line of work tells it to this reader."""
    found: Content = import_string(line.kind.content)(case, actor) if line.kind.content else Content()
    return found


def buttons_of(line: Line, case: Case, actor: Actor) -> list[Button]:
    """The moves that would succeed now, in the order of the table."""
    flow = flow_under(case)
    return [
        Button(move, line.kind.moves[move.name], ends=Who.ASKER in move.who and flow.stage(move.to).is_final)
        for move in moves_of(case, for_=actor)
    ]


def _hands(line: Line, case: Case) -> Iterable[tuple[str, Words]]:
    """What can be done with it besides its moves."""
    acts = ["assign", "offer", *(["extend"] if hands.lengthened(line, case) else [])]
    return [(act, hands.TITLES[act]) for act in acts]


def _waits(case: Case) -> Words:
    """Why there is nothing to press here."""
    said = {
        Waits.ASKER.value: _("等本人，您不用做什么。"),
        Waits.SECOND.value: _("等另一位来把关。"),
        Waits.NOBODY.value: _("办结了。"),
    }
    if case.waits_for in said:
        return said[case.waits_for]
    if case.handler is not None:
        return _("{name}在办。").format(name=case.handler.name)
    return _("在别的单位手上，这里看着。")


def _facts(case: Case) -> list[tuple[Words, Any]]:
    handler = case.handler
    return [
        (_("编号"), case.number),
        (_("经办人"), handler.name if handler else _("还没有人接")),
        (_("提出"), case.opened_at),
        *(((_("办结"), case.closed_at),) if case.closed_at else ()),
    ]
