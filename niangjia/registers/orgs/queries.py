"""Which unions somebody may see, and which union a code or a name means."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import ids_of
from niangjia.kernel.search import sounds_like
from niangjia.kernel.worded import OneOf, Worded
from niangjia.registers.orgs.models import Kind, Union
from niangjia.registers.orgs.rules import tidy_credit_code
from niangjia.registers.orgs.rules.moves import EDIT_UNION, SEE_UNIONS
from niangjia.registers.orgs.rules.union_facts import name_spellings

# The level a union is listed with: for these kinds the kind says more than the level of the place.
MOST_TOPS = 50
SHORTEST_CODE = 4
NAMES = Worded(lambda ids: Union.objects.filter(OneOf("place_id", ids)).values_list("place_id", "name"), ids=list)
ABOVE = Worded(lambda ids: Union.objects.select_related("place").filter(OneOf("place_id", ids)), ids=list)
PATH = Worded(lambda place: Place.objects.filter(pk=place).values_list("path"), place=int)
REGIONS = Worded(
    lambda ids: Union.objects.filter(OneOf("place_id", ids)).exclude(region_code="").values_list("pk", "region_code"),
    ids=list,
)
LISTED_BY_KIND = frozenset({Kind.FEDERATION.value, Kind.INDUSTRY.value})


def _meant_by_all(codes: list[str], usccs: list[str], names: list[str], path: str) -> QuerySet[Any, Any]:
    """Open unions that any of these may mean; a name only below the path."""
    named = Q(place__path__startswith=path) & Q(OneOf("name", names))
    meant = Q(OneOf("code", codes)) | Q(OneOf("uscc", usccs)) | named
    return Union.objects.filter(meant, place__closed_on=None).values_list("pk", "code", "uscc", "name", "place__path")


MEANT = Worded(_meant_by_all, codes=list, usccs=list, names=list, path=str)


def visible_to(actor: Actor, *, move: Move = SEE_UNIONS) -> QuerySet[Union]:
    """The unions of the actor's subtrees (本级和下级); absent and forbidden look the same."""
    return Union.objects.filter(within(actor.paths(move), field="place__path")).select_related("place")


def closable_by(actor: Actor) -> QuerySet[Union]:
    """Open unions that this actor may close: those below her own, never the one she stands in herself."""
    above = within(actor.paths(EDIT_UNION), field="place__parent__path")
    rows = Union.objects.filter(above, place__closed_on=None)
    return rows.select_related("place__parent__union", "place__second_parent__union")


def open_unions() -> QuerySet[Union]:
    """Unions that are not closed."""
    return Union.objects.filter(place__closed_on=None).select_related("place")


def under_path(unions: QuerySet[Union], path: str) -> QuerySet[Union]:
    """Of these unions, those in one subtree."""
    return unions.filter(place__path__startswith=path)


def under_reference(unions: QuerySet[Union], reference: str) -> QuerySet[Union]:
    """Of these unions, those at and below the one that a code or a whole name means; none where it means none."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    paths = list(unions.order_by().filter(means).values_list("place__path", flat=True)[:MOST_TOPS])
    return unions.filter(within(tuple(paths), field="place__path"))


def second_under(unions: QuerySet[Union], reference: str) -> QuerySet[Union]:
    """Of these unions, those with a second parent at or below the one that a code or a whole name means (产业)."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    paths = list(Union.objects.filter(means).order_by("pk").values_list("place__path", flat=True)[:MOST_TOPS])
    return unions.filter(within(tuple(paths), field="place__second_parent__path"))


def level_is(unions: QuerySet[Union], level: str) -> QuerySet[Union]:
    """Of these unions, those listed with this level; federations and industry unions are listed by their kind."""
    if level in LISTED_BY_KIND:
        return unions.filter(kind=level)
    return unions.filter(place__level=level).exclude(kind__in=LISTED_BY_KIND)


def closed_or_not(unions: QuerySet[Union], closed: str) -> QuerySet[Union]:
    """Of these unions, the closed ones, or the others."""
    return unions.exclude(place__closed_on=None) if closed == "yes" else unions.filter(place__closed_on=None)


def preparing_or_not(unions: QuerySet[Union], preparing: str) -> QuerySet[Union]:
    """Of these unions, those that are only being prepared, or those that an approval stands behind."""
    return unions.filter(is_preparing=preparing == "yes")


def with_children_count(unions: QuerySet[Union]) -> QuerySet[Union]:
    """Each union with the number of open unions directly below it; one in preparation counts as none yet."""
    below = (
        Place.objects.filter(parent=OuterRef("pk"), closed_on=None, union__is_preparing=False)
        .order_by()
        .values("parent")
    )
    counted = Subquery(below.annotate(found=Count("pk")).values("found"))
    return unions.annotate(children_count=Coalesce(counted, 0))


def by_name_part(unions: QuerySet[Union], words: str) -> QuerySet[Union]:
    """Of these unions, those whose name has the words in it, written, by pinyin or initials; or whose code is written."""
    tidy = words.strip()
    codes = Q(code__iexact=tidy) | Q(uscc=tidy_credit_code(tidy))
    if len(tidy) >= SHORTEST_CODE:
        codes |= Q(code__startswith=tidy.upper())
    named = Q(*sounds_like(tidy))
    return unions.filter(named | codes if named else codes)


def ancestors_of(union: Union) -> list[Union]:
    """The unions above this one, topmost first."""
    ids = [int(part) for part in union.place.path.split(".") if part][:-1]
    found = {row.pk: row for row in ABOVE(ids=ids)}
    return [found[pk] for pk in ids if pk in found]


def names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """The names that these places bear as unions."""
    return dict(NAMES(ids=list(set(place_ids))))


def name_of_place() -> Subquery:
    """The name that the place of a row bears as a union."""
    return Subquery(Union.objects.filter(pk=OuterRef("place_id")).values("name")[:1])


def codes_of(place_ids: Iterable[int]) -> dict[int, str]:
    """The codes of these places as unions."""
    return dict(Union.objects.filter(pk__in=set(place_ids)).values_list("pk", "code"))


def region_of(place_id: int) -> str:
    """The region code of a place: its own, else of the nearest place above that has one; empty where none has."""
    line = ids_of(next((path for (path,) in PATH(place=place_id)), ""))
    codes = dict(REGIONS(ids=list(line)))
    return next((codes[each][:6] for each in reversed(line) if each in codes), "")


def children_of(union: Union) -> QuerySet[Union]:
    """The open unions directly below this one (下级工会), by name."""
    below = Union.objects.filter(place__parent=union.pk, place__closed_on=None)
    return with_children_count(below.select_related("place")).order_by("name", "pk")


def union_by_reference(reference: str, within_path: str) -> Union | str:
    """The open union that a code, a credit code or a name unique below the path means, or the reason's code."""
    meant = unions_by_references({reference}, within_path)[reference]
    return meant if isinstance(meant, str) else ABOVE(ids=[meant])[0]


def unions_by_references(references: set[str], within_path: str) -> dict[str, int | str]:
    """What many references mean at once: the union's place id, or `union_unknown`, `union_ambiguous`, `union_outside`.

    A name is looked for below the path alone, so that the answer tells nothing of other parts of the tree.
    """
    spellings = {reference: name_spellings(reference) for reference in references}
    credit_codes = {reference: tidy_credit_code(reference) for reference in references}
    names, usccs = frozenset().union(*spellings.values()), set(credit_codes.values())
    found = MEANT(codes=list(references), usccs=list(usccs), names=list(names), path=within_path)
    index: dict[str, set[int]] = {}
    inside: dict[int, bool] = {}
    for pk, code, uscc, name, path in found:
        inside[pk] = path.startswith(within_path)
        for key in _keys(code, uscc, name if inside[pk] else None):
            index.setdefault(key, set()).add(pk)
    return {
        reference: _meant(_candidates(reference, credit_codes[reference], spellings[reference], index), inside)
        for reference in references
    }


def meant_by(reference: str, *, actor: Actor, move: Move | None) -> Union | Reason:
    """The union that somebody means, among those the actor may do this with; without a move, by its code anywhere."""
    if move is None:
        found = open_unions().filter(Q(code=reference.strip()) | Q(uscc=tidy_credit_code(reference))).first()
        return found or Reason("union_unknown", _UNKNOWN, {"written": reference})
    return meant_within(reference, actor.paths(move))


def place_meant(reference: str, paths: Iterable[str]) -> Place | Reason:
    """The place of the union that somebody means at or below these paths."""
    found = meant_within(reference, paths)
    return found if isinstance(found, Reason) else found.place


def meant_within(reference: str, paths: Iterable[str]) -> Union | Reason:
    """The union that somebody means at or below these paths."""
    answers = {union_by_reference(reference.strip(), path) for path in paths}
    unions = {answer for answer in answers if isinstance(answer, Union)}
    if len(unions) == 1:
        return unions.pop()
    if unions or "union_ambiguous" in answers:
        return Reason("union_ambiguous", _AMBIGUOUS, {"written": reference})
    return Reason("union_unknown", _UNKNOWN, {"written": reference})


def _keys(code: str, uscc: str | None, name: str | None) -> Iterable[str]:
    yield f"code {code}"
    if uscc:
        yield f"uscc {uscc}"
    if name:
        yield f"name {name}"


def _candidates(reference: str, credit_code: str, spellings: frozenset[str], index: dict[str, set[int]]) -> set[int]:
    """A code beats a credit code, and either beats a name."""
    for key in (f"code {reference}", f"uscc {credit_code}"):
        if key in index:
            return index[key]
    return set().union(*(index.get(f"name {spelling}", set()) for spelling in spellings))


def _meant(candidates: set[int], inside: dict[int, bool]) -> int | str:
    if not candidates:
        return "union_unknown"
    if len(candidates) > 1:
        return "union_ambiguous"
    (pk,) = candidates
    return pk if inside[pk] else "union_outside"


_UNKNOWN = gettext_noop("找不到「{written}」，或者它不归您管。写工会编码或全称。")
_AMBIGUOUS = gettext_noop("有几个工会叫「{written}」。改写工会编码，编码在工会页面上。")


def names_below(path: str, *, most: int) -> list[str]:
    """Names of open unions in one subtree, for telling somebody which one they may have meant."""
    unions = Union.objects.filter(place__path__startswith=path, place__closed_on=None)
    return list(unions.order_by("pk").values_list("name", flat=True)[:most])
