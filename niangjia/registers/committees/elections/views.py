"""The page on which the result of a meeting is written down: what makes it valid stands beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.pages.listing import desk_cases
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.queries import why_not
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.web.reasons import in_words, put_beside_fields
from niangjia.registers.committees.elections.approving import CountRefused, counted, standing_in_round
from niangjia.registers.committees.elections.forms import CountForm, name_of
from niangjia.registers.committees.elections.kind import LINE
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.elections.queries import seats_in
from niangjia.registers.committees.elections.rules.voting import needed, quorum
from niangjia.registers.committees.elections.rules.workflow import COUNT
from niangjia.registers.committees.queries import people_of
from niangjia.registers.committees.words import BODY_WORDS, post_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, case_id: int) -> HttpResponse:
    """Present, ballots, votes for each; counted, it says who is elected."""
    actor = who_asks(request)
    case = get_object_or_404(desk_cases(LINE, actor), pk=case_id)
    home = LINE.kind.desk(case)
    why = why_not(actor, COUNT, case)
    if why is not None:
        messages.error(request, _("这件事已经到了别的环节，这一步现在不能办。请刷新，看看到哪里了。"))
        return redirect(home)
    election = Election.objects.select_related("union__place").get(pk=case.pk)
    rows = standing_in_round(election)
    form = CountForm(request.POST or None, candidates=rows)
    if form.is_valid():
        seen = request.POST.get("revision", "")
        pressed = Pressed(actor, clock.now(), seen=int(seen) if seen.isdecimal() else None)
        try:
            became = counted(case.pk, form.count(), pressed)
        except CountRefused as refused:
            put_beside_fields(form, refused.reasons)
        except NotMade as refused:
            form.add_error(None, in_words(refused.reason))
        except Forbidden as forbidden:
            raise Http404 from forbidden
        else:
            messages.success(request, _("记下了：{stage}。").format(stage=LINE.kind.stages[became.stage]))
            return redirect(home)
    entitled = election.representatives or people_of(election.union).members
    shown = {
        "case": case,
        "form": form,
        "home": home,
        "election": election,
        "entitled": entitled,
        "quorum": quorum(entitled),
        "needed": needed(entitled),
        "seats": [(BODY_WORDS[kind.value], number) for kind, number in seats_in(election).items()],
        "rows": [(form[name_of(each)], BODY_WORDS[each.body], post_words(each.body, each.post)) for each in rows],
    }
    return render(request, "elections/count.html", shown)
