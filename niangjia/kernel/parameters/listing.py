"""The list of changes of parameters: what was entered, by which document, and who looked at it."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.kernel.parameters import queries
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.rules import SEE_PARAMETERS, State
from niangjia.kernel.parameters.words import STATE_WORDS, Words, said_value

FORMS = {State.WAITS: "wait", State.IN_FORCE: "done", State.REFUSED: "refused", State.WITHDRAWN: "closed"}


def badge(change: ParameterChange) -> Badge:
    """How far a change has come."""
    return Badge(FORMS[State(change.state)], STATE_WORDS[change.state])


def title_of(change: ParameterChange) -> Words:
    """What the parameter is called; a key that this version no longer has stands for itself."""
    key = declared().get(change.key)
    return _(key.title) if key else change.key


def _value(change: ParameterChange) -> str:
    return said_value(change.value, change.unit)


def _address(change: ParameterChange) -> str:
    return reverse("parameter_change", args=[change.pk])


def _who(change: ParameterChange) -> Words:
    return change.entered_by.name if change.entered_by else _("运维人员")


def _visible_to(actor: Actor) -> QuerySet[ParameterChange]:
    return queries.visible_to(actor)


def _keys(_actor: Actor) -> list[tuple[str, Words]]:
    return [(name, _(key.title)) for name, key in declared().items()]


PARAMETER_CHANGES = Listing(
    "parameter_changes",
    title=_("地方参数的改动"),
    visible_to=_visible_to,
    columns=(
        Column(_("参数"), title_of, link=_address),
        Column(_("新的值"), _value),
        Column(_("从哪天起"), "valid_from", kind="day", sort=("valid_from",)),
        Column(_("状态"), badge),
        Column(_("出处"), "source", wide_only=True),
        Column(_("谁填的"), _who),
        Column(_("时间"), "entered_at", kind="moment"),
    ),
    filters=(
        Filter("state", _("状态"), choices=STATE_WORDS.items(), apply="state"),
        Filter("key", _("参数"), choices=_keys, apply="key"),
    ),
    order=("-id",),
    empty=Empty(
        _("还没有改过地方参数"),
        _("从参数里选一个，填新的值；由另一位干部看过才生效。"),
        button=Button(_("看地方参数"), "/parameters/"),
        icon="adjustments-horizontal",
    ),
    counted=lambda n: ngettext("%(n)s 个改动", "%(n)s 个改动", n) % {"n": f"{n:,}"},
    move=SEE_PARAMETERS,
)
