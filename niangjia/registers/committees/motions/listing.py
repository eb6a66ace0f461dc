"""The lists of extensions and of recalls."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.listing import desk_cases, listing_of
from niangjia.kernel.listing import Column, Empty, Listing
from niangjia.kernel.listing.declaration import Rows
from niangjia.registers.committees.motions.kind import EXTENSION_LINE, RECALL_LINE
from niangjia.registers.committees.rules.moves import KEEP_COMMITTEES


def _listing(line: Line, empty: Empty) -> Listing:
    """The list of one of these lines, each row by its union."""
    record = line.kind.kind

    def rows(actor: Actor) -> Rows:
        return desk_cases(line, actor).select_related(f"{record}__union")

    def found(cases: Rows, written: str) -> Rows:
        tidy = written.strip()[:64]
        return cases.filter(Q(**{f"{record}__union__name__contains": tidy}) | Q(number__contains=tidy))

    def union(case: Case) -> Any:
        return getattr(case, record).union.name

    base = listing_of(line)
    first = Column(_("工会"), union, link=line.kind.desk, note="number", sort=(f"{record}__union__name", "pk"))
    return replace(
        base, visible_to=rows, columns=(first, *base.columns[1:]), search=found, search_words=_("工会、编号"), empty=empty,
        move=KEEP_COMMITTEES,
    )  # fmt: skip


EXTENSIONS = _listing(EXTENSION_LINE, Empty(_("没有延期换届"), _("从工会页面的「届期和委员会」里申请。"), icon="clock"))
RECALLS = _listing(RECALL_LINE, Empty(_("没有罢免"), _("从工会页面的「届期和委员会」里提出。"), icon="circle-minus"))
