"""A union's code to scan (工会二维码): the page it leads to, for everybody, and the sheet that hangs on the wall."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.frames import frame_of
from niangjia.registers.orgs.listing import level_words
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import visible_to

# Addresses that no other machine can open: a sheet with one of them would lead nowhere.
OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@require_safe
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Where a union's code leads (工会门口): its name, how to reach it, and on to signing in; nothing about its people.

    The code never changes, so this address is printed; a union that was closed says so, one that never was is not there.
    """
    union = Union.objects.select_related("place").filter(code=code).first()
    if union is None:
        raise Http404
    actor: Actor | None = getattr(request, "actor", None)
    may_see = actor is not None and visible_to(actor).filter(pk=union.pk).exists()
    shown = {
        "phone": settings.COMPLAINTS_PHONE,
        "union": union,
        "level": level_words(union),
        "frame": frame_of(request),
        "may_see": may_see,
        "hung": hung_at(union),
    }
    return render(request, "orgs/door.html", shown)


@login_required
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The code on a sheet to be printed, for who may see the union."""
    union = visible_to(request.actor).filter(code=code, place__closed_on=None).first()  # type: ignore[attr-defined]  # set by the middleware
    if union is None:
        raise Http404
    return render(
        request,
        "orgs/sheet.html",
        {
            "union": union,
            "address": door_address(request, code),
            "own": is_own_machine(request),
            "hung": hung_at(union),
            "phone": settings.COMPLAINTS_PHONE,
        },
    )


def hung_at(union: Union) -> list[tuple[Any, str]]:
    """What registers above hang at the door of a union, as pairs (`NIANGJIA_DOOR_FACTS`)."""
    return [fact for name in settings.NIANGJIA_DOOR_FACTS for fact in import_string(name)(union)]


def door_address(request: HttpRequest, code: str) -> str:
    """The whole address that a union's code says."""
    return request.build_absolute_uri(reverse("union_door", kwargs={"code": code}))


def is_own_machine(request: HttpRequest) -> bool:
    """Whether the program is asked by a name that only this machine knows."""
    host = request.get_host()
    return any(host == own or host.startswith(f"{own}:") for own in OWN_MACHINE)
