"""What a cadre reads of herself: her posts, whom she keeps in touch with, and what the law gives her."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.registers.cadres import queries
from niangjia.registers.cadres.showing import rules_for, shown_contacts, shown_posts


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我在工会的职务: posts over time, contacts, and the articles that protect her."""
    actor, today = who_asks(request), clock.today()
    cadre = queries.own_cadre(actor)
    if cadre is None:
        raise Http404
    context = {
        "name": queries.name_of(cadre),
        "union": cadre.union,
        "posts": shown_posts(cadre, actor=actor, on=today),
        "contacts": shown_contacts(cadre, actor=actor, on=today),
        "rules": rules_for(queries.posts_of(cadre, on=today), on=today),
    }
    return render(request, "cadres/mine.html", context)
