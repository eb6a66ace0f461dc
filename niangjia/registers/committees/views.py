"""Pages of terms: the term of a union with its committees, writing one down from paper, setting up a committee."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, Move, why_not
from niangjia.kernel.cases.models import Case
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.committees.elections.kind import LINE as ELECTION_LINE
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.elections.queries import open_election
from niangjia.registers.committees.forms import BodyForm, LeaveForm, TermForm
from niangjia.registers.committees.listing import PARTS, address_of
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.motions.kind import EXTENSION_LINE, RECALL_LINE
from niangjia.registers.committees.motions.models import Extension, Recall
from niangjia.registers.committees.motions.moving import begin_extension, begin_recall
from niangjia.registers.committees.queries import (
    bodies_of,
    people_of,
    present_term,
    seats_of,
    stands_above,
    terms_of,
)
from niangjia.registers.committees.rules.bodies import ELECTED_BODIES, LEADING, BodyKind
from niangjia.registers.committees.rules.composition import People, is_single, lacking
from niangjia.registers.committees.rules.leaving import LeaveReason
from niangjia.registers.committees.rules.moves import APPROVE_TERM, KEEP_COMMITTEES, SEE_TERMS
from niangjia.registers.committees.rules.terms import Standing, standing_on
from niangjia.registers.committees.services import TermRefused, begin_term, resign_seat, set_up_body
from niangjia.registers.committees.words import ALONE_WORDS, BODY_WORDS, FORM_WORDS, STANDING_BADGES, post_words
from niangjia.registers.orgs import queries as unions
from niangjia.registers.orgs.listing import Panel
from niangjia.registers.orgs.models import Union

BESIDE = (BodyKind.WOMEN, BodyKind.SUPERVISION, BodyKind.MEDIATION)


@dataclass(frozen=True)
class ShownBody:
    """A committee as the page shows it: what it is called, who sits there, and a remark."""

    title: Any
    seats: list[tuple[Seat, Any]]
    number: int
    note: str


@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The term of a union, its committees, what it lacks, and the terms before."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, SEE_TERMS)
    term, people = present_term(union.pk), people_of(union)
    may_keep = why_not(actor, KEEP_COMMITTEES, union.place.path) is None
    bodies = list(bodies_of(term)) if term else []
    context = {
        "union": union,
        "term": term,
        "badge": _badge(term),
        "facts": _facts(term, people),
        "is_over": term is not None and _standing(term) is Standing.RUN_OUT,
        "bodies": _shown(bodies, term, people),
        "lacks": _lacks(bodies, people) if term else [],
        "before": [each for each in terms_of(union.pk) if each.ended_on is not None],
        "going": _going(union),
        "may_keep": may_keep,
        "may_set_up": may_keep and term is not None,
        "may_record": term is None and stands_above(actor, union.place, move=APPROVE_TERM),
    }
    return render(request, "committees/term.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Begin an election, an extension or a recall; what is begun already is opened."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, KEEP_COMMITTEES)
    begun = {
        "elect": (begin_election, ELECTION_LINE),
        "extend": (begin_extension, EXTENSION_LINE),
        "recall": (begin_recall, RECALL_LINE),
    }
    if act not in begun:
        raise Http404
    do, line = begun[act]
    try:
        case: Case = do(union, by=actor)
    except TermRefused as refused:
        messages.error(request, in_words(next(iter(refused.reasons.values()))))
        return redirect("union_term", code=union.code)
    return redirect(line.kind.desk(case))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Write down the present term from its approval on paper, once; later ones come by elections."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, APPROVE_TERM)
    if present_term(union.pk) is not None or not stands_above(actor, union.place, move=APPROVE_TERM):
        raise Http404
    form = TermForm(request.POST or None)
    if form.is_valid():
        facts = form.facts()
        try:
            begin_term(union.place, **vars(facts), by=actor, number=form.cleaned_data["number"])
        except TermRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("记下了第 {n} 届。接着登记委员会。").format(n=form.cleaned_data["number"]))
            return redirect("union_term", code=union.code)
    return render(request, "committees/record.html", {"union": union, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, code: str) -> HttpResponse:
    """Set up a committee; one that breaks a rule is refused with the article, and nothing typed is lost."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, KEEP_COMMITTEES)
    term = present_term(union.pk)
    if term is None:
        raise Http404
    asked = request.GET.get("kind", "")
    form = BodyForm(
        request.POST or None, actor=actor, union=union, kinds=_kinds(term), initial={"kind": asked} if asked else None
    )
    if form.is_valid():
        try:
            set_up_body(union.pk, form.body(), by=actor, on=clock.today())
        except TermRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("设好了：{body}。").format(body=BODY_WORDS[form.cleaned_data["kind"]]))
            return redirect("union_term", code=union.code)
    return render(request, "committees/set_up.html", {"union": union, "form": form, "people": people_of(union)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    """Keep that somebody left a committee; who is recalled is recalled by the members."""
    actor = who_asks(request)
    union = _union_or_404(actor, code, KEEP_COMMITTEES)
    term = present_term(union.pk)
    seat = seats_of(term).filter(pk=seat_id).first() if term else None
    if seat is None:
        raise Http404
    form = LeaveForm(request.POST or None, initial={"until": clock.today()})
    if form.is_valid():
        why, until = LeaveReason(form.cleaned_data["why"]), form.cleaned_data["until"]
        try:
            resign_seat(seat.pk, why, by=actor, on=until)
        except TermRefused as refused:
            put_beside_fields(form, refused.reasons)
        else:
            messages.success(request, _("记下了。空出来的名额，办补选补上。"))
            return redirect("union_term", code=union.code)
    post = post_words(seat.body.kind, seat.post)
    context = {"union": union, "form": form, "seat": seat, "body": BODY_WORDS[seat.body.kind], "post": post}
    return render(
        request,
        "committees/leave.html",
        context | {"leads": seat.post in LEADING and seat.body.kind == BodyKind.COMMITTEE},
    )


def panel_of(actor: Actor, union: Union) -> Panel | None:
    """What a union's page says of its term and committees to who may see them."""
    if union.kind in PARTS or why_not(actor, SEE_TERMS, union.place.path) is not None:
        return None
    term, address = present_term(union.pk), address_of(union)
    if term is None:
        return Panel(_("届期和委员会"), 0, _("还没有记下现在这一届。"), address=address)
    words = _("第 {n} 届，到 {day}。")
    if _standing(term) is Standing.RUN_OUT:
        words = _("第 {n} 届到 {day} 期满，还没有换届。")
    bodies = list(bodies_of(term))
    lines = tuple((str(words), address) for words in _lacks(bodies, people_of(union)))
    said = words.format(n=term.number, day=day(term.last_on))
    return Panel(_("届期和委员会"), len(bodies), said, lines=lines, address=address)


def _union_or_404(actor: Actor, code: str, move: Move) -> Union:
    found = unions.visible_to(actor, move=move).exclude(kind__in=PARTS).filter(code=code, place__closed_on=None).first()
    if found is None:
        raise Http404
    return found


def _standing(term: Term) -> Standing:
    return standing_on(term.ends_on, term.extended_to, on=clock.today())


def _badge(term: Term | None) -> Badge:
    return STANDING_BADGES[_standing(term) if term else Standing.NONE]


def _facts(term: Term | None, people: People) -> list[tuple[str, Any]]:
    counted = _("会员 {members} 人，其中女会员 {women} 人").format(members=people.members, women=people.women)
    if term is None:
        return [(_("会员"), counted)]
    extended = _("延到 {day}（{document}）").format(day=day(term.extended_to), document=term.extension_document)
    return [
        (_("第几届"), _("第 {n} 届").format(n=term.number)),
        (_("组织形式"), FORM_WORDS[term.form]),
        (
            _("任期"),
            _("{years} 年，{start}到{end}").format(years=term.years, start=day(term.begins_on), end=day(term.ends_on)),
        ),
        (_("批复"), _("{document}，{day}").format(document=term.document_number, day=day(term.approved_on))),
        (_("延期"), extended if term.extended_to else ""),
        (_("会员"), counted),
    ]


def _shown(bodies: list[Body], term: Term | None, people: People) -> list[ShownBody]:
    seats = list(seats_of(term)) if term else []
    found = []
    for body in bodies:
        on = [seat for seat in seats if seat.body_id == body.pk]
        single = len(on) == 1 and is_single(BodyKind(body.kind), people)
        note = _("企业一方 {n} 人").format(n=body.employer_side) if body.employer_side else ""
        title = ALONE_WORDS.get(body.kind, BODY_WORDS[body.kind]) if single else BODY_WORDS[body.kind]
        found.append(ShownBody(title, [(seat, post_words(body.kind, seat.post)) for seat in on], len(on), note))
    return found


def _lacks(bodies: list[Body], people: People) -> list[str]:
    """What is missing, each with what it rests on."""
    has = {BodyKind(body.kind) for body in bodies}
    said = {
        BodyKind.COMMITTEE: _("还没有登记工会委员会。"),
        BodyKind.AUDIT: _("缺经费审查委员会（《工会法》第四十五条）。"),
        BodyKind.WOMEN: _("缺女职工委员会，有女会员 {n} 人（《工会女职工委员会工作条例》）。").format(n=people.women),
        BodyKind.SUPERVISION: _("缺劳动法律监督委员会。"),
    }
    if people.women < people.women_from:
        said[BodyKind.WOMEN] = _("缺女职工委员一名，有女会员 {n} 人（《工会女职工委员会工作条例》）。").format(
            n=people.women
        )
    return [said[kind] for kind in lacking(people, has)]


def _kinds(term: Term) -> tuple[BodyKind, ...]:
    """Which committees may be set up now: those beside it, and what was elected before the program was there."""
    has = {body.kind for body in bodies_of(term)}
    return (*BESIDE, *(kind for kind in ELECTED_BODIES if kind.value not in has))


def _going(union: Union) -> list[tuple[Any, str, Badge]]:
    """What is under way, for who meets it."""
    rows = [
        (ELECTION_LINE, open_election(union.pk)),
        (EXTENSION_LINE, Extension.objects.filter(union=union, settled_at=None).select_related("case").first()),
        (RECALL_LINE, Recall.objects.filter(union=union, settled_at=None).select_related("case").first()),
    ]
    return [
        (line.title, line.kind.desk(row.case), line.badges[row.case.stage]) for line, row in rows if row is not None
    ]
