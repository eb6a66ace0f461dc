"""The page of a handing over: what is handed, ticked by both sides, printed, and what was missing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.cadres.handing import queries
from niangjia.registers.cadres.handing.contents import Held, Holding
from niangjia.registers.cadres.handing.forms import TicksForm
from niangjia.registers.cadres.handing.models import Handover, HandoverItem
from niangjia.registers.cadres.handing.rules import KEEP_HANDOVERS, SEE_HANDOVERS, Mark, Side, Thing
from niangjia.registers.cadres.handing.services import HandoverRefused, confirm_side, mark_things, settle_missing
from niangjia.registers.cadres.handing.words import DONE, GOING, MARK_BADGES, SIDE_WORDS, THING_WORDS
from niangjia.registers.cadres.queries import name_of
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union

FIELDS = {Side.OUTGOING: ("given", "given_note"), Side.INCOMING: ("taken", "taken_note")}


@dataclass(frozen=True)
class Row:
    """One thing as the page shows it: what is held of it, how either side finds it, and what is asked of the reader."""

    title: Any
    held: Held | None
    given: Badge
    taken: Badge
    notes: tuple[str, ...]
    question: Any = None
    line: Any = None
    settle: str = ""
    settled: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """The list: each side ticks its own by its own account; whoever works above may do it for one who cannot."""
    actor = who_asks(request)
    row = queries.visible_to(actor).filter(pk=handover_id).first()
    if row is None:
        raise Http404
    side, is_instead = _side(request, actor, row)
    items = list(HandoverItem.objects.filter(handover=row).order_by("pk"))
    form = _form(request, items, side, is_instead=is_instead) if side else None
    if request.method == "POST":
        if form is None or side is None:
            raise Http404
        if form.is_valid() and _kept(form, row, side, actor=actor, confirms="confirm" in request.POST):
            messages.success(request, _("确认了。") if "confirm" in request.POST else _("存好了，随时接着勾。"))
            return redirect("handover", handover_id=row.pk)
    return render(request, "handing/handover.html", _context(actor, row, items, form, side=side))


@login_required
@require_POST
def settle(request: HttpRequest, item_id: int) -> HttpResponse:
    """What was missing has come."""
    item = settle_missing(item_id, by=who_asks(request), on=clock.today())
    messages.success(request, _("记下了，补上了。"))
    return redirect("handover", handover_id=item.handover_id)


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says of the last handing over to who may see it."""
    if why_not(actor, SEE_HANDOVERS, union.place.path) is not None:
        return None
    row = queries.visible_to(actor).filter(union=union).order_by("-opened_on", "-pk").first()
    if row is None:
        return None
    missing = queries.still_missing(row).count()
    if row.given_at is not None and row.taken_at is not None:
        words = _("{day}两边都确认了。").format(day=day(max(row.given_at, row.taken_at)))
    else:
        words = _("换了主席，正在交接，{day}前办完。").format(day=day(row.due_on))
    return Panel(_("主席交接"), missing, words, address=reverse("handover", args=[row.pk]))


def _side(request: HttpRequest, actor: Actor, row: Handover) -> tuple[Side | None, bool]:
    """Which side the reader ticks now, and whether for somebody else; none where it is confirmed or not hers."""
    own = queries.side_of(actor, row)
    if own is not None:
        return (None if row.has_confirmed(own) else own), False
    asked = request.POST.get("side") or request.GET.get("side") or ""
    if asked not in {side.value for side in Side} or not queries.may_stand_in(actor, row):
        return None, False
    side = Side(asked)
    return (None if row.has_confirmed(side) else side), True


def _form(request: HttpRequest, items: list[HandoverItem], side: Side, *, is_instead: bool) -> TicksForm:
    mark, note = FIELDS[side]
    first: dict[str, str] = {}
    for item in items:
        if getattr(item, mark) != Mark.OPEN.value:
            first |= {item.thing: getattr(item, mark), f"{item.thing}_note": getattr(item, note)}
    things = [Thing(item.thing) for item in items]
    return TicksForm(request.POST or None, things=things, is_instead=is_instead, initial=first)


def _kept(form: TicksForm, row: Handover, side: Side, *, actor: Actor, confirms: bool) -> bool:
    """Keep what was ticked, and confirm where that was pressed; what is refused stands beside its field."""
    try:
        mark_things(row.pk, side, form.marked(), by=actor)
        if confirms:
            confirm_side(row.pk, side, by=actor, because=form.cleaned_data.get("because", ""))
    except HandoverRefused as refused:
        put_beside_fields(form, refused.reasons)
        return False
    return True


def _context(
    actor: Actor, row: Handover, items: list[HandoverItem], form: TicksForm | None, *, side: Side | None
) -> dict[str, Any]:
    holding = Holding(row, actor=actor, on=clock.today())
    may_settle = row.is_done and why_not(actor, KEEP_HANDOVERS, row.union.place.path) is None
    is_above = queries.side_of(actor, row) is None and queries.may_stand_in(actor, row)
    return {
        "handover": row,
        "union": row.union,
        "badge": DONE if row.is_done else GOING,
        "facts": _facts(row),
        "rows": [_row(item, holding, form, may_settle=may_settle) for item in items],
        "form": form,
        "side": side,
        "side_words": SIDE_WORDS[side] if side else "",
        "stand_ins": [
            (SIDE_WORDS[each], each.value) for each in Side if is_above and each is not side and not row.has_confirmed(each)
        ],
    }  # fmt: skip


def _row(item: HandoverItem, holding: Holding, form: TicksForm | None, *, may_settle: bool) -> Row:
    notes = tuple(note for note in (item.given_note, item.taken_note) if note)
    is_open = item.is_missing and item.settled_on is None
    return Row(
        THING_WORDS[item.thing],
        holding.of(Thing(item.thing)),
        MARK_BADGES[item.given],
        MARK_BADGES[item.taken],
        notes,
        form[item.thing] if form else None,
        form[f"{item.thing}_note"] if form else None,
        reverse("handover_settle", args=[item.pk]) if is_open and may_settle else "",
        _("{day}补上了").format(day=day(item.settled_on)) if item.settled_on else "",
    )


def _facts(row: Handover) -> list[tuple[Any, Any]]:
    incoming = name_of(row.incoming) if row.incoming is not None else _("还没有选出来")
    return [
        (_("交出的一方"), name_of(row.outgoing)),
        (_("离任"), day(row.left_on)),
        (_("接手的一方"), incoming),
        (_("最迟办完"), day(row.due_on)),
        (_("交出的一方确认"), _confirmed(row.given_at, row.given_by, row.given_because)),
        (_("接手的一方确认"), _confirmed(row.taken_at, row.taken_by, row.taken_because)),
    ]


def _confirmed(at: Any, by: Any, because: str) -> str:
    if at is None:
        return str(_("还没有"))
    name = by.name if by is not None else ""
    if because:
        return _("{day}，{name}代办：{because}").format(day=day(at), name=name, because=because)
    return _("{day}，{name}").format(day=day(at), name=name)
