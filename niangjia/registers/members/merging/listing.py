"""The work list of records that may be of one person (疑似同一个人): the likeliest first, with why."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.listing.declaration import Badge, BulkAction, Button, Column, Empty, Filter, Listing, Preview
from niangjia.registers.members.merging import queries
from niangjia.registers.members.merging.forms import APART_WORDS
from niangjia.registers.members.merging.proposing import keep_apart
from niangjia.registers.members.merging.rules.deciding import PairState
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS
from niangjia.registers.members.models import Person

BADGES = {
    PairState.OPEN: Badge("wait", _("等核对")),
    PairState.APART: Badge("closed", _("是两个人")),
    PairState.MERGED: Badge("done", _("合并了")),
}
UNLIKE = Badge("paused", _("没有认作一个人"))
SHOWN_REASONS = 2


def rows_for(actor: Actor) -> QuerySet[Any]:
    """Pairs with the names of both, as far as either record is still there."""
    named = {
        side: Subquery(Person.objects.filter(pk=OuterRef(f"{side}_id")).values("name")[:1])
        for side in ("left", "right")
    }
    return queries.visible_to(actor).annotate(left_name=named["left"], right_name=named["right"])


def badge_of(pair: Any) -> Badge:
    """How far it has come; what the rules keep apart says so."""
    return UNLIKE if pair.state == PairState.OPEN and pair.excluded else BADGES[PairState(pair.state)]


def names_of(pair: Any) -> Words:
    """Both names; one where they are the same."""
    left, right = pair.left_name, pair.right_name
    if not left or not right:
        return left or right or _("两份登记")
    return left if left == right else gettext("{left}、{right}").format(left=left, right=right)


def why(pair: Any) -> Words:
    """The first reasons; why not, where something rules it out."""
    if pair.excluded:
        return gettext(queries.exclusion_of(pair))
    return gettext("；").join(gettext(each) for each in queries.sentences_of(pair)[:SHOWN_REASONS])


def _percent(pair: Any) -> str:
    return "" if pair.excluded else f"{100 * pair.score:.1f}%"


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "unlike":
        return rows.filter(state=PairState.OPEN.value).exclude(excluded="")
    if value == PairState.OPEN:
        return rows.filter(state=value, excluded="")
    return rows.filter(state=value)


def _named(rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    tidy = written.strip()[:64]
    return rows.filter(left_name__contains=tidy) | rows.filter(right_name__contains=tidy)


def _looked_at(rows: Any, _value: str, *, by: Actor) -> Preview:
    """Whom it would keep apart: what is settled stays."""
    del by
    found = list(rows)
    free = [pair.pk for pair in found if pair.state == PairState.OPEN]
    settled = len(found) - len(free)
    return Preview(changes=tuple(free), left=((_("已经有结论"), settled),) if settled else ())


def _kept_apart(keys: Iterable[int], value: str, *, by: Actor) -> int:
    done = 0
    for key in sorted(set(keys)):
        try:
            keep_apart(key, value, by=by, at=clock.now())
        except (NotMade, Forbidden):
            continue
        done += 1
    return done


def _may_look_through(actor: Actor) -> bool:
    return bool(actor.paths(MERGE_MEMBERS))


PAIRS = Listing(
    "same_person",
    title=_("疑似同一个人"),
    visible_to=rows_for,
    columns=(
        Column(_("姓名"), names_of, link=lambda pair: reverse("pair", args=[pair.pk]), sort=("left_name", "pk")),
        Column(_("把握"), _percent, sort=("score", "pk")),
        Column(_("为什么"), why, wide_only=True),
        Column(_("状态"), badge_of),
        Column(_("发现时间"), "found_at", kind="moment", wide_only=True, sort=("found_at", "pk")),
    ),
    filters=(
        Filter(
            "state",
            _("状态"),
            choices=[
                (PairState.OPEN.value, _("等核对")),
                ("unlike", _("像，但没有认作一个人")),
                (PairState.APART.value, _("是两个人")),
                (PairState.MERGED.value, _("合并了")),
            ],
            apply=_in_state,
        ),
    ),
    search=_named,
    search_words=_("姓名"),
    order=("-state", "excluded", "-score", "pk"),
    empty=Empty(
        _("没有疑似同一个人的登记"),
        _("每天夜里查一遍；登记会员、导入花名册以后也会查。两份登记像是同一个人，就会到这里等您核对。"),
        icon="users",
    ),
    counted=lambda n: ngettext("%(n)s 对", "%(n)s 对", n) % {"n": f"{n:,}"},
    buttons=(Button(_("现在查一遍"), "/desk/same-person/search/", icon="search", allowed=_may_look_through),),
    actions=(
        BulkAction(
            key="apart",
            words=_("不是同一个人"),
            icon="x",
            move=MERGE_MEMBERS,
            asks=_("凭什么说是两个人"),
            choices=[(key.value, words) for key, words in APART_WORDS.items()],
            preview=_looked_at,
            apply=_kept_apart,
            consequence=_("这些登记各归各的。以后不再提，除非其中一份登记的姓名、证件、手机、生日、性别改了。"),
        ),
    ),
    move=MERGE_MEMBERS,
    stays="which records may be one person is the desk's own question, decided there one by one",
)
