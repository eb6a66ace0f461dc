"""Pages of cadres: her own of each, writing down a post, changing and ending it, whom she keeps in touch with."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, why_not
from niangjia.kernel.web.reasons import put_beside_fields
from niangjia.kernel.web.trail import trail_of
from niangjia.registers.cadres import queries, services
from niangjia.registers.cadres.forms import ChangeForm, ContactForm, EndForm, KindForm, NewForm, PostForm, TieForm
from niangjia.registers.cadres.listing import name_words
from niangjia.registers.cadres.models import Cadre, Contact, Posting
from niangjia.registers.cadres.rules.moves import KEEP_CADRES
from niangjia.registers.cadres.rules.posts import CadreKind
from niangjia.registers.cadres.showing import shown_contacts, shown_posts
from niangjia.registers.cadres.words import FIELD_WORDS, IN_OFFICE, KIND_WORDS, LEFT, VERBS
from niangjia.registers.members.masked import tail_of
from niangjia.registers.orgs import queries as unions
from niangjia.registers.orgs.models import Union


@login_required
@require_safe
def show(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """One cadre: her posts over time, and whom she keeps in touch with."""
    actor = who_asks(request)
    cadre = _cadre_or_404(actor, cadre_id)
    today = clock.today()
    posts = shown_posts(cadre, actor=actor, on=today)
    is_in_office = any(post.is_now for post in posts)
    context = {
        "cadre": cadre,
        "name": name_words(cadre),
        "badge": IN_OFFICE if is_in_office else LEFT,
        "facts": _facts(cadre),
        "posts": posts,
        "contacts": shown_contacts(cadre, actor=actor, on=today),
        "may_begin": bool(actor.paths(KEEP_CADRES)),
        "may_tie": cadre.person_id is None and queries.may_keep(actor, cadre),
        "steps": trail_of("cadre", cadre.pk, verbs=VERBS, fields=FIELD_WORDS, codes={"kind": KIND_WORDS}),
    }
    return render(request, "cadres/cadre.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a post of somebody, who may be in the list already."""
    actor = who_asks(request)
    if not actor.paths(KEEP_CADRES):
        raise Http404
    first = {"union": request.GET.get("union", ""), "since": clock.today()}
    form = NewForm(request.POST or None, actor=actor, initial=first)
    if form.is_valid():
        union: Union = form.cleaned_data["union"]
        begin = lambda: services.begin_post(form.who(), union.pk, form.facts(), by=actor, on=clock.today())  # noqa: E731 - one call, said once
        posting = _kept(form, begin)
        if posting is not None:
            messages.success(request, _("记好了。"))
            return redirect("cadre", cadre_id=posting.cadre_id)
    return render(request, "cadres/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """Another post of the same cadre."""
    actor = who_asks(request)
    cadre = _cadre_or_404(actor, cadre_id)
    if not actor.paths(KEEP_CADRES):
        raise Http404
    form = PostForm(request.POST or None, actor=actor, initial={"since": clock.today()})
    if form.is_valid():
        union: Union = form.cleaned_data["union"]
        who = services.Who(cadre_id=cadre.pk)
        begun = lambda: services.begin_post(who, union.pk, form.facts(), by=actor, on=clock.today())  # noqa: E731 - one call, said once
        if _kept(form, begun) is not None:
            messages.success(request, _("记好了。"))
            return redirect("cadre", cadre_id=cadre.pk)
    return _form(request, cadre, form, (_("再记一个职务"), _("记下")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Put right how and since when a post is held."""
    actor = who_asks(request)
    posting = _posting_or_404(actor, posting_id)
    first = {"kind": posting.kind, "since": posting.since, "document_number": posting.document_number}
    form = ChangeForm(request.POST or None, initial=first)
    if form.is_valid():
        keep = lambda: services.change_post(posting.pk, form.facts(posting.post), by=actor, on=clock.today())  # noqa: E731 - one call, said once
        if _kept(form, keep) is not None:
            messages.success(request, _("改好了。"))
            return redirect("cadre", cadre_id=posting.cadre_id)
    return _form(request, posting.cadre, form, (_("改这个职务"), _("改好了")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, posting_id: int) -> HttpResponse:
    """A post ends with a day, for a reason; it stays in her file."""
    actor = who_asks(request)
    posting = _posting_or_404(actor, posting_id)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    if form.is_valid():
        given = form.cleaned_data
        finish = lambda: services.end_post(posting.pk, given["until"], given["because"], by=actor, on=clock.today())  # noqa: E731 - one call, said once
        if _kept(form, finish) is not None:
            messages.success(request, _("这个职务结束了，以前的还在本人那一页上。"))
            return redirect("cadre", cadre_id=posting.cadre_id)
    note = _("结束了就不能再恢复，要再任，另记一个。职务和起止留着。")
    return _form(request, posting.cadre, form, (_("结束这个职务"), _("结束这个职务")), note=note, is_harm=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def elected_kind(request: HttpRequest, cadre_id: int, code: str) -> HttpResponse:
    """Say how she holds what she was elected to at a union; the post itself comes from the election."""
    actor = who_asks(request)
    cadre = _cadre_or_404(actor, cadre_id)
    union = unions.visible_to(actor, move=KEEP_CADRES).filter(code=code).first()
    held = [each for each in queries.posts_of(cadre, on=clock.today()) if each.is_elected and each.code == code]
    if union is None or not held:
        raise Http404
    form = KindForm(request.POST or None, initial={"kind": held[0].kind.value})
    if form.is_valid():
        services.say_elected_kind(cadre.pk, union.pk, CadreKind(form.cleaned_data["kind"]), by=actor)
        messages.success(request, _("记好了。"))
        return redirect("cadre", cadre_id=cadre.pk)
    note = _("选举出来的职务照换届的结果显示，这里只写明专职还是兼职。没有写明的，按兼职（本系统默认值）。")
    return _form(request, cadre, form, (_("选举的职务怎么任"), _("记下")), note=note)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """She is a member of the register by now: her name and phone come from there."""
    actor = who_asks(request)
    cadre = _cadre_or_404(actor, cadre_id)
    if cadre.person_id is not None or not queries.may_keep(actor, cadre):
        raise Http404
    form = TieForm(request.POST or None, actor=actor)
    if form.is_valid():
        tied = lambda: services.tie_cadre(cadre.pk, form.cleaned_data["member"], by=actor)  # noqa: E731 - one call, said once
        if _kept(form, tied) is not None:
            messages.success(request, _("对上了，以后姓名和手机都用登记里的。"))
            return redirect("cadre", cadre_id=cadre.pk)
    return _form(request, cadre, form, (_("对上会员登记"), _("就是这一位")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, cadre_id: int) -> HttpResponse:
    """A union to keep in touch with, or an employer to stay at."""
    actor = who_asks(request)
    cadre = _cadre_or_404(actor, cadre_id)
    if not actor.paths(KEEP_CADRES):
        raise Http404
    form = ContactForm(request.POST or None, actor=actor, initial={"since": clock.today()})
    if form.is_valid():
        given = form.cleaned_data
        keep = lambda: services.begin_contact(  # noqa: E731 - one call, said once
            cadre.pk, given["union"].pk, given["since"], employer=given["stays_at"], by=actor
        )
        if _kept(form, keep) is not None:
            messages.success(request, _("记好了。"))
            return redirect("cadre", cadre_id=cadre.pk)
    return _form(request, cadre, form, (_("联系一个工会或者单位"), _("记下")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_end(request: HttpRequest, contact_id: int) -> HttpResponse:
    """She keeps in touch there no longer: asked once more."""
    actor = who_asks(request)
    rows = Contact.objects.select_related("union__place", "cadre__person", "cadre__account")
    found = rows.filter(pk=contact_id, until=None).first()
    if found is None or why_not(actor, KEEP_CADRES, found.union.place.path) is not None:
        raise Http404
    if request.method == "POST":
        services.end_contact(found.pk, by=actor, on=clock.today())
        messages.success(request, _("记好了，到今天为止。"))
        return redirect("cadre", cadre_id=found.cadre_id)
    where = found.employer.name if found.employer else found.union.name
    note = _("{where}：到今天为止，以前的还留着。").format(where=where)
    return _form(request, found.cadre, Form(), (_("不再联系"), _("不再联系")), note=note, is_harm=True)


def _form(request: HttpRequest, cadre: Cadre, form: Any, words: tuple[str, str], **more: Any) -> HttpResponse:
    heading, verb = words
    context = {"cadre": cadre, "name": name_words(cadre), "form": form, "heading": heading, "verb": verb}
    return render(request, "cadres/form.html", {**context, **more})


def _cadre_or_404(actor: Actor, cadre_id: int) -> Any:
    found = queries.visible_to(actor).filter(pk=cadre_id).first()
    if found is None:
        raise Http404
    return found


def _posting_or_404(actor: Actor, posting_id: int) -> Posting:
    rows = Posting.objects.select_related("union__place", "cadre__person", "cadre__account", "cadre__union__place")
    found = rows.filter(pk=posting_id, until=None).first()
    if found is None or why_not(actor, KEEP_CADRES, found.union.place.path) is not None:
        raise Http404
    return found


def _facts(cadre: Any) -> list[tuple[Any, Any]]:
    if cadre.person is None:
        return [
            (_("管档案的工会"), cadre.union.name),
            (_("会员登记"), _("没有。入了会，在这里对上。") if cadre.person_id is None else _("在别处，您看不到。")),
        ]
    return [(_("管档案的工会"), cadre.union.name), (_("证件号"), tail_of(cadre.person))]


def _kept(form: Any, keep: Callable[[], Any]) -> Any:
    """Do what the form asks; None where the rules refuse, with the reasons beside the fields."""
    try:
        return keep()
    except services.CadreRefused as refused:
        put_beside_fields(form, refused.reasons)
        return None
