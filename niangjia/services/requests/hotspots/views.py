"""The page of hotspots: tables, a map and a chart, each with what it says; what is withheld is said to be."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.boundaries.queries import boundaries_below
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.pictures.charts import Chart, Kind, Series
from niangjia.kernel.web.pictures.maps import Area, Map
from niangjia.registers.employers.models import Employer
from niangjia.registers.orgs.models import Union
from niangjia.services.requests.hotspots import queries
from niangjia.services.requests.hotspots.queries import GRIEVANCES, SERVICES, Counted
from niangjia.services.requests.rules.hotspots import ALL, K_GRIEVANCES, K_SERVICES
from niangjia.services.requests.rules.moves import SEE_HOTSPOTS

# Below the first of these is a colour, too: what is told at all begins at ten.
STEPS = (15, 20, 30, 50)


@login_required
@require_safe
def hotspots(request: HttpRequest) -> HttpResponse:
    """One county in one quarter that is over."""
    actor = who_asks(request)
    places = list(queries.counties(actor))
    if not actor.paths(SEE_HOTSPOTS):
        raise Http404
    if not places:
        return render(request, "requests/hotspots_small.html", {"k": K_GRIEVANCES})
    asked = request.GET.get("county", "")
    county = next((place for place in places if str(place.pk) == asked), places[0])
    quarters = queries.quarters_before(clock.today())
    quarter = queries.quarters_known(quarters, request.GET.get("quarter", ""))
    grievances, services = (queries.counted(county, quarter, of) for of in (GRIEVANCES, SERVICES))
    names = place_names([int(row) for row in grievances.rows])
    shown: dict[str, Any] = {
        "county": names.get(county.pk, ""),
        "counties": [(place.pk, name) for place in places if (name := place_names([place.pk]).get(place.pk))],
        "county_id": county.pk,
        "quarters": [(each, quarter_words(each)) for each in quarters],
        "quarter": quarter,
        "quarter_words": quarter_words(quarter),
        "tables": (
            _table(grievances, names, K_GRIEVANCES, _("投诉和法律援助")),
            _table(services, names, K_SERVICES, _("咨询、求助和建议")),
        ),
        "map": _map(county, grievances, names, quarter),
        "chart": _chart(grievances, quarter),
        "employers": _employers(county, quarter, grievances),
        "k": K_GRIEVANCES,
    }
    return render(request, "requests/hotspots.html", shown)


def quarter_words(quarter: str) -> str:
    """A quarter as people say it."""
    return _("{year}年第{number}季度").format(year=quarter[:4], number=quarter[-1])


def _table(counted: Counted, names: dict[int, str], k: int, title: str) -> dict[str, Any]:
    """Rows that have anything to tell; the rest is one line that says so."""
    told = [row for row in counted.rows if any(counted.figures[row, column] for column in (*counted.columns, ALL))]
    silent = len(counted.rows) - len(told)
    heads = [*(_(column) for column in counted.columns), _("合计")]

    def figures(row: str) -> list[tuple[str, int | None]]:
        return list(zip(heads, (counted.figures[row, column] for column in (*counted.columns, ALL)), strict=True))

    return {
        "title": title,
        "columns": heads[:-1],
        "lines": [(names.get(int(row), ""), figures(row)) for row in told],
        "sums": figures(ALL),
        "silent": silent,
        "is_told": any(figure is not None for _column, figure in figures(ALL)),
        "k": k,
    }


def _map(county: Place, counted: Counted, names: dict[int, str], quarter: str) -> Map | None:
    """Towns by the name their boundary bears; none where no boundaries are loaded."""
    region = Union.objects.filter(pk=county.pk).values_list("region_code", flat=True).first() or ""
    codes = {each.name: each.code for each in boundaries_below(region, on=clock.today())} if region else {}
    areas = []
    for row in counted.rows:
        name = names.get(int(row), "")
        drawn = max((drawn for drawn in codes if drawn in name), key=len, default="")
        if drawn:
            areas.append(Area(codes[drawn], drawn, counted.figures[row, ALL]))
    if not areas:
        return None
    most = max(areas, key=lambda area: area.value or 0)
    if most.value:
        words = _("{quarter}投诉最多的是{place}，{n} 件。虚线围着的不说：不满 {k} 件，或者说了就能算出别的。")
        said = words.format(quarter=quarter_words(quarter), place=most.name, n=int(most.value), k=K_GRIEVANCES)
    else:
        said = _silent(quarter_words(quarter), counted.figures[ALL, ALL])
    return Map(_("各镇和园区的投诉"), region, tuple(areas), STEPS, said, _("投诉"), unit=_("件"), unknown=_("不说"))


def _silent(quarter: str, whole: int | None) -> str:
    """Why no place is told, beside what the whole county may be told of."""
    if whole is None:
        words = _("{quarter}哪里多少都不说：不满 {k} 件的不说，说了能算出别处的也不说。")
    else:
        words = _("{quarter}全县 {n} 件，哪里多少都不说：不满 {k} 件的不说，说了能算出别处的也不说。")
    return words.format(quarter=quarter, n=whole, k=K_GRIEVANCES)


def _chart(counted: Counted, quarter: str) -> Chart | None:
    figures = [(column, counted.figures[ALL, column]) for column in counted.columns]
    told = [(column, value) for column, value in figures if value is not None]
    if not told:
        return None
    most = max(told, key=lambda pair: pair[1])
    words = _("{quarter}说得最多的是「{topic}」，{n} 件。空着的不满 {k} 件，或者说了就能算出别的。")
    said = words.format(quarter=quarter_words(quarter), topic=_(most[0]), n=most[1], k=K_GRIEVANCES)
    return Chart(
        Kind.BAR, _("投诉说的是什么"), tuple(_(column) for column, _value in figures),
        (Series(_("件数"), tuple(value for _column, value in figures)),), said, unit=_("件"), head=_("事由"),
    )  # fmt: skip


def _employers(county: Place, quarter: str, counted: Counted) -> list[tuple[str, int]]:
    found = queries.by_employer(county, quarter, counted)
    names = dict(Employer.objects.filter(pk__in=[pk for pk, _number in found]).values_list("pk", "name"))
    return [(names[pk], number) for pk, number in found if pk in names]
