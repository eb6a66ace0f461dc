"""The list of applications: who, to which union, how far; decided on one by one or many at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.listing import NOT_HERS, desk_cases, listing_of
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.queries import why_not
from niangjia.kernel.cases.refusals import SENTENCES
from niangjia.kernel.listing import Button, Column, Empty
from niangjia.kernel.listing.declaration import BulkAction, Preview, Rows
from niangjia.kernel.people.masks import masked_number
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.joining.approving import decide_each
from niangjia.registers.members.joining.catching import may_set_catch_all
from niangjia.registers.members.joining.kind import JOINING_KIND, LINE
from niangjia.registers.members.joining.queries import number_in
from niangjia.registers.members.joining.rules.moves import APPROVE_JOINING
from niangjia.registers.members.joining.rules.workflow import APPROVE, ASK, ASK_REASONS, REFUSE, REFUSE_REASONS

# As far back as a meeting of the committee may have been for a bulk approval; older ones are written one by one.
BACK_DAYS = 31


def applications(actor: Actor) -> Rows:
    """The applications that the actor works on."""
    return desk_cases(LINE, actor).select_related("application__union")


def _name(case: Case) -> str:
    return case.application.name or str(_("资料已删除"))


def _number(case: Case) -> str:
    number = number_in(case.application)
    return masked_number(number) if number else ""


def _found(rows: Rows, written: str) -> Rows:
    """By her name, the union she wants to join, or the number of the case."""
    tidy = written.strip()[:64]
    return rows.filter(
        Q(application__name__contains=tidy) | Q(application__union__name__contains=tidy) | Q(number__contains=tidy)
    )


def _meetings(_actor: Actor) -> tuple[tuple[str, Words], ...]:
    """The days on which the committee may have met, today first."""
    today = clock.today()
    days = (today - timedelta(days=back) for back in range(BACK_DAYS))
    return tuple((each.isoformat(), day(each)) for each in days)


def _reasons(names: Iterable[str]) -> tuple[tuple[str, Words], ...]:
    return tuple((name, JOINING_KIND.reasons[name]) for name in names)


def _looked_at(move: str, rows: Rows, _value: str, *, by: Actor) -> Preview:
    """What would be decided, and why the rest stays."""
    found = [(case, why_not(by, move, case)) for case in rows]
    left = Counter(SENTENCES.get(why, NOT_HERS) for _case, why in found if why is not None)
    words = tuple((_(str(sentence)), number) for sentence, number in left.items())
    return Preview(changes=tuple(case.pk for case, why in found if why is None), left=words)


def _approved(keys: Iterable[int], value: str, *, by: Actor) -> int:
    return decide_each(keys, APPROVE, Pressed(by, clock.now(), answers={"decided_on": value}))


def _decided(move: str, keys: Iterable[int], value: str, *, by: Actor) -> int:
    return decide_each(keys, move, Pressed(by, clock.now(), reason=value))


ACTIONS = (
    BulkAction(
        APPROVE,
        JOINING_KIND.moves[APPROVE],
        icon="check",
        move=APPROVE_JOINING,
        asks=_("工会委员会哪天同意的"),
        choices=_meetings,
        preview=partial(_looked_at, APPROVE),
        apply=_approved,
        consequence=_("一件一件地登记成会员，各记各的；在别的工会有会籍的转成转会，对不上登记的留着不动。"),
    ),
    *(
        BulkAction(
            move,
            JOINING_KIND.moves[move],
            icon=icon,
            move=APPROVE_JOINING,
            asks=_("理由"),
            choices=_reasons(reasons),
            preview=partial(_looked_at, move),
            apply=partial(_decided, move),
            consequence=_("每一位都会收到消息，看得到这个理由，和不同意怎么办。"),
        )
        for move, icon, reasons in ((ASK, "message", ASK_REASONS), (REFUSE, "x", REFUSE_REASONS))
    ),
)
_BASE = listing_of(LINE)
APPLICATIONS = replace(
    _BASE,
    visible_to=applications,
    columns=(
        Column(_("申请人"), _name, link=JOINING_KIND.desk, note=_number, sort=("application__name", "pk")),
        Column(_("申请加入"), "application.union.name"),
        *_BASE.columns[2:],
    ),
    search=_found,
    search_words=_("姓名、工会、编号"),
    actions=ACTIONS,
    buttons=(
        Button(_("没有固定单位的人加入哪里"), "/desk/joining-unions/", icon="settings", allowed=may_set_catch_all),
    ),
    empty=Empty(_("没有入会申请"), _("有人在手机上申请，就会到这里。"), icon=JOINING_KIND.icon),
    move=APPROVE_JOINING,
)
