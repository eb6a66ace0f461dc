"""Two lists: employers without a union as work, and what was handed out with how far it is."""

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.employers import queries as employers
from niangjia.registers.employers.listing import trade_words
from niangjia.registers.employers.parks import parks_seen
from niangjia.registers.employers.rules import TRADES, trade_title
from niangjia.registers.employers.targets import queries
from niangjia.registers.employers.targets.handing import HAND
from niangjia.registers.employers.targets.models import Target
from niangjia.registers.employers.targets.rules.moves import SEE_TARGETS
from niangjia.registers.employers.targets.words import OUTCOME_BADGES, OUTCOME_WORDS
from niangjia.registers.employers.words import NATURE_WORDS
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

UNDER = "Only in the territory of this union: its code or whole name."


def _listed(actor: Actor) -> QuerySet[Any]:
    return queries.work_list(actor, on=clock.today())


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def newness(row: Any) -> Badge:
    """New, with the day by which it is to have a union; or past that day; or opened long ago, or nobody knows when."""
    if row.opened_on is None:
        return Badge("quiet", _("开业日期不详"))
    if row.is_new:
        return Badge("doing", _("新开业"))
    return Badge("late", _("过了期限"))


def _due_note(row: Any) -> str:
    return _("{day}前").format(day=day(row.union_due_on)) if row.union_due_on else ""


def in_hand(row: Any) -> Badge:
    """In whose hands it is, or what became of it the last time."""
    if row.target:
        late = _date(row.target["due_on"]) or date.max
        return Badge("late" if late < clock.today() else "wait", row.target["cadre"])
    if row.before and row.before["outcome"] in OUTCOME_BADGES:
        return OUTCOME_BADGES[row.before["outcome"]]
    return Badge("quiet", _("还没有交给人"))


def _hand_note(row: Any) -> str:
    target = row.target
    if target:
        visits = ngettext("走访 %(n)s 次", "走访 %(n)s 次", target["visits"]) % {"n": target["visits"]}
        return _("{last}到期，{visits}").format(last=day(_date(target["due_on"])), visits=visits)
    again = _date(row.before["again_on"]) if row.before else None
    return _("{day}再去").format(day=day(again)) if again else ""


def _members(row: Any) -> str:
    number = row.naming or 0
    return ngettext("%(n)s 位会员写的是它", "%(n)s 位会员写的是它", number) % {"n": number} if number else ""


def _by_hand(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "led":
        return rows.filter(lead__isnull=False)
    handed = Target.objects.filter(ended_on=None).values("employer")
    if value == "none":
        return rows.exclude(pk__in=handed)
    if value == "handed":
        return rows.filter(pk__in=handed)
    return rows.filter(pk__in=Target.objects.filter(outcome=value).values("employer")).exclude(pk__in=handed)


def _by_age(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "unknown":
        return rows.filter(opened_on=None)
    return rows.filter(opened_on__isnull=False, is_new=1 if value == "new" else 0)


def _parks(actor: Actor) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in parks_seen(actor).values_list("pk", "name")]


WITHOUT_UNION = Listing(
    "without_union",
    title=_("未建会单位"),
    visible_to=_listed,
    columns=(
        Column(
            _("单位名称"),
            "name",
            link=lambda row: f"/employers/{row.pk}/union-work/",
            note=_members,
            sort=("name",),
            key="name",
        ),
        Column(_("开业"), "opened_on", kind="day", sort=("opened_on",), wide_only=True),
        Column(_("新不新"), newness, note=_due_note),
        Column(_("职工"), "employees", kind="number", sort=("known_heads",), key="employees"),
        Column(_("行业"), trade_words, wide_only=True),
        Column(_("属地工会"), "place.union.name"),
        Column(_("在谁手里"), in_hand, note=_hand_note),
    ),
    filters=(
        Filter(
            "hand",
            _("在谁手里"),
            choices=[
                ("none", _("还没有交给人")),
                ("handed", _("交给人了")),
                ("led", _("有会员线索")),
                ("refused", OUTCOME_WORDS["refused"]),
            ],
            apply=_by_hand,
        ),
        Filter(
            "age",
            _("新不新"),
            choices=[("new", _("新开业")), ("late", _("过了期限")), ("unknown", _("开业日期不详"))],
            apply=_by_age,
        ),
        Filter(
            "under", _("哪个工会以下"), apply=employers.under_reference, told=UNDER, picks=Picks("unions", SEE_UNIONS)
        ),
        Filter(
            "trade",
            _("行业"),
            choices=[(term.code, trade_title(term.code)) for term in TRADES if term.code.isalpha()],
            apply=employers.of_trade_section,
        ),
        Filter("nature", _("单位性质"), choices=NATURE_WORDS.items(), apply=employers.of_nature),
        Filter("park", _("园区"), choices=_parks, apply="park"),
    ),
    search=employers.by_name_part,
    search_words=_("单位名称或信用代码"),
    # Newly opened first, then by how many work there.
    order=("-is_new", "-known_heads", "pk"),
    empty=Empty(
        _("没有未建会的单位"),
        _("登记过的单位都有工会覆盖了。新开业的登记进来，会自己到这里。"),
        icon="circle-check",
    ),
    buttons=(
        Button(_("交办的"), "/employers/targets/", icon="clipboard-list"),
        Button(_("认不出的单位名"), "/employers/leads/", icon="users"),
        Button(_("建会率"), "/employers/cover/", icon="chart-bar"),
    ),
    counted=lambda n: ngettext("%(n)s 个单位", "%(n)s 个单位", n) % {"n": f"{n:,}"},
    move=SEE_TARGETS,
    actions=(HAND,),
)


def _targets(actor: Actor) -> QuerySet[Any]:
    rows = queries.with_visits(queries.visible_to(actor))
    mine = When(cadre=actor.account_id or 0, then=Value(1))
    return rows.annotate(
        is_mine=Case(mine, default=Value(0), output_field=IntegerField()),
        is_over=Case(When(ended_on=None, then=Value(0)), default=Value(1), output_field=IntegerField()),
    )


def target_badge(target: Any) -> Badge:
    """How far a target is: ended and how, late, or under way."""
    if target.outcome:
        return OUTCOME_BADGES[target.outcome]
    if target.due_on < clock.today():
        return Badge("late", _("过了期限"))
    return Badge("wait", _("在走访") if target.visits_made else _("还没有去"))


def _narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    if value == "late":
        return rows.filter(ended_on=None, due_on__lt=today)
    if value == "open":
        return rows.filter(ended_on=None)
    if value == "never":
        return rows.filter(ended_on=None, visits_made=0)
    return rows.filter(outcome=value)


TARGETS = Listing(
    "targets",
    title=_("交办的建会对象"),
    visible_to=_targets,
    columns=(
        Column(
            _("单位"),
            "employer.name",
            link=lambda row: f"/employers/targets/{row.pk}/",
            note="employer.place.union.name",
            sort=("employer__name",),
            key="employer",
        ),
        Column(_("交给谁"), "cadre.name", sort=("cadre__name",)),
        Column(_("期限"), "due_on", kind="day", sort=("due_on",), key="due_on"),
        Column(_("走访"), "visits_made", kind="number", sort=("visits_made",), key="visits"),
        Column(_("上次去"), "visited_on", kind="day", wide_only=True, key="visited_on"),
        Column(_("下次去"), "goes_on", kind="day", wide_only=True, key="goes_on"),
        Column(_("怎么样了"), target_badge),
    ),
    filters=(
        Filter(
            "state",
            _("怎么样了"),
            choices=[
                ("open", _("没有结果的")),
                ("late", _("过了期限")),
                ("never", _("还没有去")),
                *OUTCOME_WORDS.items(),
            ],
            apply=_narrowed,
        ),
        Filter(
            "mine",
            _("谁负责"),
            choices=[("yes", _("我负责的")), ("no", _("别人负责的"))],
            apply=lambda rows, value: rows.filter(is_mine=1 if value == "yes" else 0),
        ),
        Filter(
            "under",
            _("哪个工会以下"),
            apply=queries.under_reference,
            told=UNDER,
            picks=Picks("unions", SEE_UNIONS),
        ),
    ),
    search=lambda rows, words: rows.filter(employer__name__contains=words.strip()),
    search_words=_("单位名称"),
    order=("is_over", "due_on", "pk"),
    empty=Empty(
        _("还没有交办过"),
        _("从未建会单位里选几家，交给人去走访。"),
        button=Button(_("看未建会单位"), "/employers/without-union/"),
        icon="clipboard-list",
    ),
    counted=lambda n: ngettext("%(n)s 家", "%(n)s 家", n) % {"n": f"{n:,}"},
    move=SEE_TARGETS,
)
