"""The desk's page on which a membership is kept on, taken up again, ended by a death, or its exit proposed."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.leaving.exits import propose_exit
from niangjia.registers.members.leaving.forms import AGAIN, DIED, PROPOSE, ChangeForm
from niangjia.registers.members.leaving.keeping import put_death_right, retain, take_up_again, write_down_death
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import editable_by, memberships_seen, visible_to
from niangjia.registers.members.rules import MembershipState, RetainedReason
from niangjia.registers.members.turning import NotTurned


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: what may become of her membership, and who does what of it."""
    actor = who_asks(request)
    person = get_object_or_404(visible_to(actor), pk=pk)
    latest = memberships_seen(actor, person).first()
    if latest is None or pk == actor.subject_id:
        raise Http404
    has_died = latest.state == MembershipState.DECEASED
    if not has_died and not editable_by(actor).filter(pk=pk).exists():
        raise Http404
    form = ChangeForm(request.POST or None, is_kept=latest.state == MembershipState.RETAINED)
    if request.method == "POST" and (has_died or form.is_valid()):
        answer = _done(request, actor, person, form, has_died=has_died)
        if answer is not None:
            return answer
    return render(request, "leaving/change.html", _shown(person, latest, form, has_died=has_died))


def _shown(person: Person, latest: Membership, form: ChangeForm, *, has_died: bool) -> dict[str, object]:
    return {"person": person, "union": latest.union, "form": form, "has_died": has_died}


def _done(
    request: HttpRequest, actor: Actor, person: Person, form: ChangeForm, *, has_died: bool
) -> HttpResponse | None:
    """Carry it out; None where the page says why not."""
    try:
        if has_died:
            put_death_right(person.pk, by=actor)
            words = _("改过来了，会籍照旧。")
        elif form.cleaned_data["what"] == PROPOSE:
            case = propose_exit(person.pk, by=actor)
            messages.success(request, _("告诉本人了。等本人答复，再由另一位决定。"))
            return redirect("exit_case", case_id=case.pk)
        else:
            words = _turned(person.pk, form.cleaned_data["what"], form.cleaned_data["on"], by=actor)
    except NotTurned as refused:
        form.add_error(None, in_words(refused.reason)) if form.is_bound and not has_died else None
        messages.error(request, in_words(refused.reason))
        return None
    except Forbidden as forbidden:
        raise Http404 from forbidden
    messages.success(request, words)
    return redirect("member", pk=person.pk)


def _turned(person_id: int, what: str, on: date, *, by: Actor) -> str:
    if what == AGAIN:
        take_up_again(person_id, by=by, on=on)
        return _("恢复了，本人会收到消息。")
    if what == DIED:
        write_down_death(person_id, by=by, on=on)
        return _("记下了。不会再给本人发消息，在办的事已经告诉经办的单位。")
    retain(person_id, RetainedReason(what), by=by, on=on)
    return _("会籍保留了，本人会收到消息。")
