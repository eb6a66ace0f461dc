"""What a line of work declares of a kind of cases besides its table: words, where its page is, what it is called there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.rules import Workflow

Words = str | Promise


@dataclass(frozen=True)
class Content:
    """What a case is about, as its line of work puts it on paper (内容): titled words, and the files that lie with it."""

    parts: tuple[tuple[Words, Words], ...] = ()
    # Each as a page lists it: what it is, how large.
    files: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class CaseKind:
    """A kind of cases (办件类型) in words: the kind, its stages, steps, moves, reasons and times.

    `desk` and `own` are the addresses of a case for who works on it and for who asked; `title` names one case where only its
    kind may be told. `by_clock` is the dotted path of a service (case number, move, at=) that makes a move of the clock and
    does the rest that belongs to it; `content` that of a function (case, actor) that tells its `Content` on paper. `about` is
    the way from a case to the name of whom or what it is about, as queries write it: the desk tells cases apart by it.
    """

    kind: str
    words: Words
    steps: tuple[Words, ...]
    stages: Mapping[str, Words]
    moves: Mapping[str, Words]
    desk: Callable[[Case], str]
    own: Callable[[Case], str]
    reasons: Mapping[str, Words] = field(default_factory=dict)
    tiers: Mapping[str, Words] = field(default_factory=dict)
    title: Callable[[Case], Words] | None = None
    about: str = ""
    icon: str = "file-text"
    by_clock: str = ""
    content: str = ""
    # The line of work tells on the first page itself what waits; reminders and addresses go by this declaration anyway.
    has_own_today: bool = False
    # Nobody at a city or above meets one that does not lie there itself (不看单件): what is below is told in totals.
    is_near: bool = False

    def title_of(self, case: Case) -> Words:
        """How one case is called in a list of things to do."""
        return self.title(case) if self.title else self.words

    def missing(self, flow: Workflow) -> list[str]:
        """Which words a version of its table lacks."""
        said: list[tuple[str, set[str], Mapping[str, Words]]] = [
            ("stage", {stage.name for stage in flow.stages}, self.stages),
            ("move", {move.name for move in flow.moves}, self.moves),
            ("reason", {reason for move in flow.moves for reason in move.reasons}, self.reasons),
            ("tier", {tier.key for tier in flow.tiers}, self.tiers),
        ]
        lacking = [f"{what} {name}" for what, names, words in said for name in sorted(names - set(words))]
        steps = max(stage.step for stage in flow.stages) + 1
        return lacking + ([] if len(self.steps) >= steps else [f"{steps} steps"])


def named(cases: Iterable[Case]) -> dict[int, Words]:
    """Each case by its kind and whom or what it is about, as far as the actor meets that; one statement for each kind."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    return {case: words for kind, some in by_kind.items() for case, words in _named(kind_of(kind), some)}


def _named(kind: CaseKind | None, cases: list[Case]) -> Iterator[tuple[int, Words]]:
    if kind is None:
        return
    ids = [case.pk for case in cases]
    about = dict(Case.objects.filter(pk__in=ids).values_list("pk", kind.about)) if kind.about else {}
    for case in cases:
        what, name = kind.title_of(case), about.get(case.pk)
        yield case.pk, _("{what}：{name}").format(what=what, name=name) if name else what


def kinds() -> tuple[CaseKind, ...]:
    """Every kind that is wired (`NIANGJIA_CASE_KINDS`)."""
    return _kinds(tuple(settings.NIANGJIA_CASE_KINDS))


def near_kinds() -> tuple[str, ...]:
    """The kinds that nobody at a city or above meets below it."""
    return tuple(each.kind for each in kinds() if each.is_near)


def kind_of(kind: str) -> CaseKind | None:
    """The words of a kind; None where its line of work is gone."""
    return _by_name(tuple(settings.NIANGJIA_CASE_KINDS)).get(kind)


@cache
def _kinds(paths: tuple[str, ...]) -> tuple[CaseKind, ...]:
    return tuple(import_string(path) for path in paths)


@cache
def _by_name(paths: tuple[str, ...]) -> dict[str, CaseKind]:
    return {each.kind: each for each in _kinds(paths)}
