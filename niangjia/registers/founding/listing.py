"""The list of unions that somebody asked for: which employer, from which side, how far."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.listing import desk_cases, listing_of
from niangjia.kernel.listing import Column, Empty
from niangjia.kernel.listing.declaration import Rows
from niangjia.registers.founding.kind import FOUNDING_KIND, LINE, SIDE_WORDS
from niangjia.registers.founding.rules.forms import SIZE_WORDS, Size
from niangjia.registers.founding.rules.moves import SET_UP_UNION


def foundings(actor: Actor) -> Rows:
    """What the actor works on."""
    return desk_cases(LINE, actor).select_related("founding_application")


def _employer(case: Case) -> str:
    return case.founding_application.employer_name


def _side(case: Case) -> Words:
    return SIDE_WORDS[case.founding_application.side]


def _size(case: Case) -> Words:
    return _(SIZE_WORDS[Size(case.founding_application.size)])


def _found(rows: Rows, written: str) -> Rows:
    """By the employer's name, or the number of the case."""
    tidy = written.strip()[:64]
    return rows.filter(Q(founding_application__employer_name__contains=tidy) | Q(number__contains=tidy))


_BASE = listing_of(LINE)
FOUNDINGS = replace(
    _BASE,
    visible_to=foundings,
    columns=(
        Column(gettext_lazy("单位"), _employer, link=FOUNDING_KIND.desk, note="number", sort=("founding_application__employer_name", "pk")),
        Column(gettext_lazy("谁申请的"), _side, note=_size),
        *_BASE.columns[1:],
    ),
    search=_found,
    search_words=gettext_lazy("单位、编号"),
    empty=Empty(gettext_lazy("没有建会申请"), gettext_lazy("职工或者单位在手机上申请建工会，就会到这里。"), icon=FOUNDING_KIND.icon),
    move=SET_UP_UNION,
)  # fmt: skip
