"""The place switcher: which of one's places the desk looks at, and on which of one's rights one acts."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_meant
from niangjia.kernel.web.context import Shell
from niangjia.kernel.web.forms import PlaceForm
from niangjia.kernel.web.navigation import Line
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.returning import safe_next
from niangjia.kernel.web.standing import ACTING_AT, LOOKING_AT, Standing, key_of


@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The places one may look at; the menu of the frame asks for the same as a fragment."""
    return _page(request, PlaceForm())


@login_required
@require_POST
def act_at(request: HttpRequest) -> HttpResponse:
    """Act on another of one's rights, or look at one of one's places alone."""
    standing = _standing(request)
    if "reference" in request.POST:
        return _look_at_meant(request, standing)
    rights = {key_of(right): right for right in standing.every_right}
    wished, looked = request.POST.get("place", ""), request.POST.get("look", "")
    if wished in rights:
        request.session[ACTING_AT] = wished
        request.session.pop(LOOKING_AT, None)
    elif looked.isdecimal():
        _look_at(request, standing, int(looked))
    return redirect(_onward(request))


def _look_at_meant(request: HttpRequest, standing: Standing) -> HttpResponse:
    form = PlaceForm(request.POST)
    if form.is_valid():
        paths = (standing.right.path,) if standing.right else ()
        meant: Place | Reason = place_meant(form.cleaned_data["reference"], paths)
        if isinstance(meant, Place):
            _look_at(request, standing, meant.pk)
            return redirect(_onward(request))
        form.add_error("reference", in_words(meant))
    return _page(request, form)


def _look_at(request: HttpRequest, standing: Standing, place_id: int) -> None:
    """Keep the place; the place of the right itself is the whole again."""
    if standing.right is not None and place_id == standing.right.place_id:
        request.session.pop(LOOKING_AT, None)
    else:
        request.session[LOOKING_AT] = place_id


def _page(request: HttpRequest, form: PlaceForm) -> HttpResponse:
    standing = _standing(request)
    if standing.right is None:
        raise Http404
    is_fragment = bool(request.htmx)  # type: ignore[attr-defined]  # set by django-htmx
    name = "web/parts/places.html" if is_fragment else "web/places.html"
    next_page = safe_next(request) or "/"
    return render(request, name, {"standing": standing, "form": form, "next": next_page})


def _onward(request: HttpRequest) -> str:
    """Back to the list or the day one came from; a page about one thing may not be there any more."""
    wished = safe_next(request)
    path = wished.partition("?")[0]
    return wished if path in _addresses(Shell(request).navigation.lines) else "/"


def _addresses(lines: tuple[Line, ...]) -> set[str]:
    return {line.address for line in lines if line.address} | {
        address for line in lines for address in _addresses(line.lines)
    }


def _standing(request: HttpRequest) -> Standing:
    return Shell(request).standing
