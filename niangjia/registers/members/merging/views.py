"""Two records side by side, a search through everybody, and her own look at what was joined."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.merging import own_side, queries
from niangjia.registers.members.merging.asking import search_of, search_through
from niangjia.registers.members.merging.comparing import lines_of, membership_words
from niangjia.registers.members.merging.forms import APART_WORDS, ApartForm, MergeForm, ObjectionForm
from niangjia.registers.members.merging.listing import badge_of, names_of, rows_for
from niangjia.registers.members.merging.logins import accounts_of
from niangjia.registers.members.merging.models import Pair
from niangjia.registers.members.merging.proposing import keep_apart, lasting, propose_merge
from niangjia.registers.members.merging.rules.deciding import ApartReason, PairState
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS
from niangjia.registers.members.merging.undoing import object_to_merge, undo_merge
from niangjia.registers.members.models import Person

TWO = 2
Shown = dict[str, Any]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Both records field by field; bring a merge before a second person, keep them apart, or undo a merge."""
    actor = who_asks(request)
    found = get_object_or_404(rows_for(actor), pk=pair_id)
    form, apart = _forms(request, found)
    if request.method == "POST":
        answer = _posted(request, found, form, apart)
        if answer is not None:
            return answer
    return render(request, "merging/pair.html", _shown(found, form, apart))


def _posted(request: HttpRequest, found: Any, form: MergeForm | None, apart: ApartForm) -> HttpResponse | None:
    actor, now = who_asks(request), clock.now()
    try:
        if "undo" in request.POST:
            made = queries.made_of(found)
            if made is None:
                raise Http404
            undo_merge(made.pk, by=actor, at=now)
            messages.success(request, _("撤销了，两份登记都和合并以前一样。本人会收到消息。"))
            return redirect("pair", pair_id=found.pk)
        if "keep_apart" in request.POST:
            if not apart.is_valid():
                return None
            keep_apart(found.pk, apart.cleaned_data["apart"], by=actor, at=now)
            messages.success(request, _("记下了：是两个人。以后不再提，除非登记改了。"))
            return redirect("same_person")
        if form is None or not form.is_valid():
            return None
        merge = propose_merge(found.pk, form.choice, by=actor, at=now)
    except NotMade as refused:
        return _refused(request, found, form, refused)
    except Forbidden as hidden:
        raise Http404 from hidden
    messages.success(request, _("提请了合并，等另一位干部核对。"))
    return redirect("merging_case", case_id=merge.pk)


def _refused(request: HttpRequest, found: Any, form: MergeForm | None, why: NotMade) -> HttpResponse | None:
    if form is not None and form.is_bound:
        form.refused(why.reason)
        return None
    messages.error(request, in_words(why.reason))
    return redirect("pair", pair_id=found.pk)


def _forms(request: HttpRequest, found: Pair) -> tuple[MergeForm | None, ApartForm]:
    """What may be picked, as long as both records are there and nothing is decided."""
    apart = ApartForm(request.POST if "keep_apart" in request.POST else None)
    people = queries.persons_of(found)
    if len(people) < TWO or found.state != PairState.OPEN or queries.waiting_for(found) is not None:
        return None, apart
    left, right = people[found.left_id], people[found.right_id]
    with beyond(Purpose.MERGE):
        held, logins = lasting(found), len(accounts_of((left.pk, right.pk))) == TWO
        form = MergeForm(
            request.POST if "propose" in request.POST else None,
            lines=lines_of(left, right),
            held=held,
            logins=logins,
            seen=(left.revision, right.revision),
        )
    return form, apart


def _shown(found: Any, form: MergeForm | None, apart: ApartForm) -> Shown:
    people = queries.persons_of(found)
    made = queries.made_of(found)
    shown: Shown = {
        "pair": found,
        "name": names_of(found),
        "badge": badge_of(found),
        "reasons": [_(each) for each in queries.sentences_of(found)],
        "excluded": _(queries.exclusion_of(found)) if found.excluded else "",
        "percent": f"{100 * found.score:.1f}",
        "form": form,
        "apart": apart,
        "apart_words": APART_WORDS.get(ApartReason(found.reason)) if found.state == PairState.APART else "",
        "waits": queries.waiting_for(found),
        "made": made,
        "objection": queries.objection_in(made) if made else "",
        "lines": [],
    }
    if len(people) == TWO:
        left, right = people[found.left_id], people[found.right_id]
        shown |= {"left": left, "right": right, "lines": lines_of(left, right)}
        shown |= {"left_held": _held(left), "right_held": _held(right)}
    return shown


def _held(person: Person) -> list[str]:
    """All memberships of a record: who keeps both may know both."""
    with beyond(Purpose.MERGE):
        rows = person.memberships.select_related("union").order_by("-period", "-pk")
        return [membership_words(each) for each in rows]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Look through everybody at and below a union now, and how far it is."""
    actor = who_asks(request)
    places = _places(actor)
    if not places:
        raise Http404
    place = places[0]
    if request.method == "POST":
        search_through(place, by=actor)
        messages.success(request, _("开始查了，查到的会到列表里。"))
        return redirect("pair_search")
    last = search_of(place)
    words = ""
    if last is not None and last.finished_at is not None:
        words = ngettext("查到 %(n)s 对新的。", "查到 %(n)s 对新的。", last.found) % {"n": f"{last.found:,}"}
    shown = {"last": last, "words": words, "name": place_names([place.pk]).get(place.pk, "")}
    return render(request, "merging/search.html", shown)


def _places(actor: Actor) -> list[Place]:
    """Where the actor keeps members, the highest first."""
    paths = actor.paths(MERGE_MEMBERS)
    rows = Place.objects.filter(parent=None) if "" in paths else Place.objects.filter(path__in=paths)
    return list(rows.order_by("path"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Hers: who joined her two records, why; she may say that it is wrong."""
    actor = who_asks(request)
    found = get_object_or_404(queries.of_her(actor), pk=merge_id)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            object_to_merge(found.pk, form.cleaned_data["says"], by=actor, at=clock.now())
        except NotMade as refused:
            messages.error(request, in_words(refused.reason))
        else:
            messages.success(request, _("记下了，工会会核对，有结果告诉您。"))
        return redirect("own_merge", merge_id=merge_id)
    shown = {"merge": found, "facts": own_side.facts_of(found), "form": form, "objection": queries.objection_in(found)}
    return render(request, "merging/own.html", shown)
