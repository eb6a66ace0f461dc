"""The addresses of a line of work whose pages are the kernel's: its list, one case, a move; and hers."""

from django.urls import URLPattern, path, reverse

from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.listing import listing_of
from niangjia.kernel.cases.pages.views import case_page, move_page, rate_page
from niangjia.kernel.listing import Listing
from niangjia.kernel.listing.views import list_page


def urls_of(line: Line, *, listing: Listing | None = None) -> list[URLPattern]:
    """All addresses of a line; its list is wired in `NIANGJIA_LISTINGS` by the slice, which may declare its own."""
    kind = line.kind.kind
    return [
        path(f"desk/{kind}/", list_page(listing or listing_of(line)), name=f"{kind}_cases"),
        path(f"desk/{kind}/<int:case_id>/", case_page(line, is_desk=True), name=f"{kind}_case"),
        path(f"desk/{kind}/<int:case_id>/<slug:move>/", move_page(line, is_desk=True), name=f"{kind}_move"),
        path(f"mine/{kind}/<int:case_id>/", case_page(line, is_desk=False), name=f"{kind}_own"),
        path(f"mine/{kind}/<int:case_id>/rate/", rate_page(line), name=f"{kind}_rate"),
        path(f"mine/{kind}/<int:case_id>/<slug:move>/", move_page(line, is_desk=False), name=f"{kind}_own_move"),
    ]


def desk_address(case: Case) -> str:
    """Where who works on it finds a case: `CaseKind.desk` of a line with these pages."""
    return reverse(f"{case.kind}_case", args=[case.pk])


def own_address(case: Case) -> str:
    """Where who asked finds it: `CaseKind.own`."""
    return reverse(f"{case.kind}_own", args=[case.pk])
