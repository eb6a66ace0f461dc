"""The page of the cover rate: figures, a chart, a table whose lines lead to their rows; the table as a file."""

import csv
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.pictures.charts import Chart, Kind, Series
from niangjia.registers.employers.cover.queries import (
    PARTS,
    UNKNOWN,
    Line,
    Tally,
    tally_by,
    top_of,
    union_codes,
    whole_of,
)
from niangjia.registers.employers.rules.moves import SEE_EMPLOYERS
from niangjia.registers.orgs.queries import codes_of

BY_WORDS: dict[str, str | Promise] = {
    "place": gettext_lazy("属地工会"),
    "region": gettext_lazy("行政区划"),
    "park": gettext_lazy("园区"),
    "trade": gettext_lazy("行业"),
    "ownership": gettext_lazy("所有制"),
    "nature": gettext_lazy("单位性质"),
}
USUAL, DRAWN = "place", 12
# What programs that open tables take for a formula: a name is never to be one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@login_required
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """How many employers at work have a union, parted as asked."""
    actor, by = _asked(request)
    lines = tally_by(actor, by)
    whole = whole_of(lines)
    address = reverse("employers_cover")
    context = {
        "tabs": [(words, f"{address}?by={code}", None) for code, words in BY_WORDS.items()],
        "now": f"{address}?by={by}",
        "by": by,
        "by_words": BY_WORDS[by],
        "figures": _figures(whole),
        "chart": _chart(lines, by) if whole.employers else None,
        "rows": _rows(actor, by, lines),
        "sum": _figures_of(whole),
        "is_empty": not whole.employers,
    }
    return render(request, "employers/cover.html", context)


@login_required
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same table as a file (导出)."""
    actor, by = _asked(request)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cover-{by}-{clock.today():%Y%m%d}.csv"'
    writer = csv.writer(answer)
    heads = (_("建会单位"), _("全部单位"), _("建会率（%）"), _("建会单位的职工"), _("全部职工"))
    writer.writerow([str(BY_WORDS[by]), *heads])
    lines = tally_by(actor, by)
    for name, tally in [*((_called(line), line.tally) for line in lines), (_("合计"), whole_of(lines))]:
        share = round(100 * tally.covered / tally.employers, 1) if tally.employers else ""
        plain = f"'{name}" if name.startswith(FORMULA) else name
        writer.writerow([plain, tally.covered, tally.employers, share, tally.heads_covered, tally.heads])
    return answer


def _asked(request: HttpRequest) -> tuple[Actor, str]:
    actor = who_asks(request)
    if not actor.paths(SEE_EMPLOYERS):
        raise Http404
    by = request.GET.get("by", USUAL)
    return actor, by if by in PARTS else USUAL


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


def _figures(whole: Tally) -> list[dict[str, str]]:
    without = whole.employers - whole.covered
    return [
        {
            "title": _("建会率"),
            "value": _share(whole.covered, whole.employers),
            "note": _("{part} ÷ {whole} 家在营单位").format(part=f"{whole.covered:,}", whole=f"{whole.employers:,}"),
        },
        {"title": _("还没有建会"), "value": f"{without:,}", "note": ""},
        {
            "title": _("职工在建会单位的"),
            "value": _share(whole.heads_covered, whole.heads),
            "note": _("{part} ÷ {whole} 人，登记了人数的才算").format(
                part=f"{whole.heads_covered:,}", whole=f"{whole.heads:,}"
            ),
        },
    ]


def _figures_of(tally: Tally) -> dict[str, Any]:
    return {
        "covered": tally.covered,
        "without": tally.employers - tally.covered,
        "employers": tally.employers,
        "share": _share(tally.covered, tally.employers),
        "heads": tally.heads,
    }


def _called(line: Line) -> str:
    return line.name if line.key != UNKNOWN else _("未登记")


def _rows(actor: Actor, by: str, lines: list[Line]) -> list[dict[str, Any]]:
    """Every line with the addresses of its rows: those with a union, those without, all of them."""
    top = top_of(actor)
    own = codes_of([top.pk]).get(top.pk, "") if top else ""
    codes = union_codes(line.key for line in lines) if by == "place" else {}
    found = []
    for line in lines:
        asked = {"at_work": "yes", "under": codes.get(line.key) or own}
        if by != "place" and line.key != UNKNOWN:
            asked[by] = line.key
        leads = by == "place" or line.key != UNKNOWN
        if by == "place" and top is not None and line.key == str(top.pk):
            leads = False  # its own employers alone, without those below: no filter says so
        listed = reverse("employers")
        found.append(
            _figures_of(line.tally)
            | {
                "name": _called(line),
                "all_address": f"{listed}?{urlencode(asked)}" if leads else "",
                "covered_address": f"{listed}?{urlencode(asked | {'covered': 'yes'})}" if leads else "",
                "without_address": f"{listed}?{urlencode(asked | {'covered': 'no'})}" if leads else "",
            }
        )
    return found


def _chart(lines: list[Line], by: str) -> Chart | None:
    """The share of each line; what it says is which of the larger ones has the least."""
    drawn = [line for line in lines if line.tally.employers and line.key != UNKNOWN][:DRAWN]
    if not drawn:
        return None
    shares = [100 * line.tally.covered / line.tally.employers for line in drawn]
    least = min(zip(drawn, shares, strict=True), key=lambda pair: pair[1])
    conclusion = _("{name}最低，{share}：{part} ÷ {whole} 家").format(
        name=_called(least[0]),
        share=f"{least[1]:.1f}%",
        part=f"{least[0].tally.covered:,}",
        whole=f"{least[0].tally.employers:,}",
    )
    return Chart(
        Kind.BAR,
        _("各{by}的建会率").format(by=BY_WORDS[by]),
        tuple(_called(line) for line in drawn),
        (Series(_("建会率"), tuple(shares)),),
        conclusion,
        unit="%",
        digits=1,
        head=str(BY_WORDS[by]),
    )
