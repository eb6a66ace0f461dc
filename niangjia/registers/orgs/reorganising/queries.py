"""Plans as they are kept, as the rules judge them, and what would follow from one (试运行)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, common_ancestor
from niangjia.registers.orgs.closing import Effect, effects_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import children_of
from niangjia.registers.orgs.reorganising.models import Concerned, Reorganisation
from niangjia.registers.orgs.reorganising.own_parts import objections_at
from niangjia.registers.orgs.reorganising.parts import GoingOver, effects_of_going, splitting
from niangjia.registers.orgs.reorganising.rules.plans import Operation, Part, Plan, Standing, plan_faults
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVED, OPEN_STAGES
from niangjia.registers.orgs.rules.moves import REORGANISE


@dataclass(frozen=True)
class Wish:
    """What somebody wrote down of a reorganisation (调整方案): with which unions, into which or a new one, from which day."""

    operation: Operation
    sources: tuple[Union, ...]
    on: date
    into: Union | None = None
    name: str = ""
    goes: tuple[Union, ...] = ()
    # Of its own members, by the keys of their groups.
    groups: tuple[str, ...] = ()


def plannable(actor: Actor) -> QuerySet[Union]:
    """Open unions that this actor may reorganise: those below her own, never the one she stands in herself."""
    above = within(actor.paths(REORGANISE), field="place__parent__path")
    return Union.objects.filter(above, place__closed_on=None).select_related("place__parent__union")


def wish_of(kept: Reorganisation) -> Wish:
    """A plan as it was written down, with the unions as they are now."""
    rows = sorted(kept.concerned.all(), key=lambda row: row.pk)
    sources = tuple(row.union for row in rows if row.part == Part.SOURCE)
    goes = tuple(row.union for row in rows if row.part == Part.GOES)
    return Wish(Operation(kept.operation), sources, kept.planned_on, kept.into, kept.name, goes, tuple(kept.groups))


def with_unions(rows: QuerySet[Reorganisation]) -> QuerySet[Reorganisation]:
    """Plans with the unions they are about, asked for all at once."""
    concerned = Concerned.objects.select_related("union__place__parent__union").order_by("pk")
    return rows.select_related("into__place").prefetch_related(Prefetch("concerned", concerned))


def plan_of(wish: Wish) -> Plan:
    """The same for the rules."""
    below: tuple[Level, ...] = ()
    if wish.operation is Operation.DISSOLVE:
        below = tuple(Level(each.place.level) for each in children_of(wish.sources[0]))
    return Plan(
        wish.operation,
        tuple(map(_standing, wish.sources)),
        wish.on,
        _standing(wish.into) if wish.into else None,
        wish.name,
        tuple(map(_standing, wish.goes)),
        len(wish.groups),
        below,
    )


def faults_of(wish: Wish, *, today: date, but: int | None = None) -> dict[str, Reason]:
    """Why this cannot be planned, by field; a union that another plan is about has to wait for that one."""
    found = plan_faults(plan_of(wish), today=today)
    busy = busy_elsewhere([each.pk for each in _all(wish)], but=but)
    if busy and "__all__" not in found:
        found["__all__"] = Reason("planned_already", _PLANNED_ALREADY, {"name": busy[0]})
    if wish.name and not found.get("name") and _is_named_so(wish):
        found["name"] = Reason("name_taken", _NAME_TAKEN, {"name": wish.name})
    return found


def busy_elsewhere(unions: Iterable[int], *, but: int | None) -> list[str]:
    """The names of those that another open plan is about."""
    ids = list(unions)
    open_ones = Reorganisation.objects.filter(case__stage__in=OPEN_STAGES).exclude(pk=but or 0)
    about = set(Concerned.objects.filter(reorganisation__in=open_ones, union__in=ids).values_list("union", flat=True))
    about |= set(open_ones.filter(into__in=ids).values_list("into", flat=True))
    return list(Union.objects.filter(pk__in=about).order_by("pk").values_list("name", flat=True))


def deciding_place(wish: Wish) -> Place | None:
    """The union above all that are concerned: there it is decided (上一级工会)."""
    above = [each.place.path.rsplit(".", 2)[0] + "." for each in (*wish.sources, *wish.goes) if each.place.parent_id]
    if wish.operation is Operation.MOVE and wish.into:
        above.append(wish.into.place.path)
    elif wish.into and wish.into.place.parent_id:
        above.append(wish.into.place.path.rsplit(".", 2)[0] + ".")
    shared = common_ancestor(above) if above else None
    return Place.objects.filter(pk=shared).first() if shared else None


def report_on(wish: Wish) -> list[Effect]:
    """What follows from a plan, what stands in the way first (试运行报告); nothing is changed."""
    found = {
        Operation.MERGE: _of_merge,
        Operation.MOVE: _of_move,
        Operation.SPLIT: _of_split,
        Operation.DISSOLVE: _of_dissolving,
    }[wish.operation](wish)
    return sorted(found, key=lambda effect: not effect.blocks)


def due(on: date) -> list[int]:
    """What was approved, and whose day has come."""
    rows = Reorganisation.objects.filter(carried_at=None, planned_on__lte=on, case__stage=APPROVED)
    return list(rows.order_by("planned_on", "pk").values_list("pk", flat=True))


def _of_merge(wish: Wish) -> list[Effect]:
    found = [each for former in wish.sources for each in effects_of_going(GoingOver(former, wish.on, wish.into))]
    ends = ngettext("%(n)s 个工会撤销，编码永远留着。", "%(n)s 个工会撤销，编码永远留着。", len(wish.sources))
    return [
        *_each_once(found),
        *_without_committee(wish),
        Effect(ends % {"n": len(wish.sources)}),
        Effect(_("以前的组织树和数字不变：选以前的一天，看到的还是原来的。")),
    ]


def _of_move(wish: Wish) -> list[Effect]:
    source = wish.sources[0]
    below = Place.objects.filter(path__startswith=source.place.path, closed_on=None).exclude(pk=source.pk).count()
    along = ngettext(
        "「%(name)s」和它下面的 %(n)s 个工会一起换上级。",
        "「%(name)s」和它下面的 %(n)s 个工会一起换上级。",
        below,
    )
    former = source.place.parent
    sight = _("从那天起，「{into}」的干部管得到，「{former}」的干部不再管。会籍、覆盖的单位、权限、没办结的事都不动。")
    names = {"into": wish.into.name if wish.into else "", "former": former.union.name if former else ""}
    return [Effect(along % {"n": f"{below:,}", "name": source.name}), Effect(sight.format(**names))]


def _of_split(wish: Wish) -> list[Effect]:
    source, names = wish.sources[0], "、".join(f"「{each.name}」" for each in wish.goes)
    return [
        *objections_at(source),
        *(splitting().effects(GoingOver(source, wish.on), wish.groups) if wish.groups else ()),
        Effect(
            _("成立「{name}」，和「{source}」同一层级、同一上级，编码自动编。").format(
                name=wish.name, source=source.name
            )
        ),
        *_without_committee(wish),
        *((Effect(_("分过去的：{names}，连同它们的下级。").format(names=names)),) if names else ()),
        Effect(_("直接在「{source}」的其他会员、单位、权限留在原处。").format(source=source.name)),
    ]


def _of_dissolving(wish: Wish) -> list[Effect]:
    source = wish.sources[0]
    return [*objections_at(source), *effects_of(source, on=wish.on, is_approved=True)]


def _without_committee(wish: Wish) -> list[Effect]:
    """A union that is set up by this has nobody who leads it yet (工会法第十二条)."""
    if wish.into is not None:
        return []
    return [Effect(_("「{name}」那天还没有委员会：成立以后选举，报上一级工会批准。").format(name=wish.name))]


def _each_once(effects: Iterable[Effect]) -> list[Effect]:
    """What two of them say in the same words is said once."""
    return list({str(each.words): each for each in effects}.values())


def _standing(union: Union) -> Standing:
    place = union.place
    return Standing(place.pk, place.path, Level(place.level), place.parent_id, place.closed_on is not None)


def _all(wish: Wish) -> tuple[Union, ...]:
    return (*wish.sources, *wish.goes, *((wish.into,) if wish.into else ()))


def _is_named_so(wish: Wish) -> bool:
    """An open union right below the same parent, that does not end with this, bears the name."""
    named = Union.objects.filter(name=wish.name, place__closed_on=None, place__parent=wish.sources[0].place.parent_id)
    ending = [each.pk for each in wish.sources] if wish.operation is Operation.MERGE else []
    return named.exclude(pk__in=ending).exists()


_PLANNED_ALREADY = gettext_noop("「{name}」已经在另一件调整里。等那一件办完，或者先撤下来。")
_NAME_TAKEN = gettext_noop("同一个上级下面已经有「{name}」。换一个名称，或者并到它那里。")
