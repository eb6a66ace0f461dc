"""Declared forms on the style page: as they open, as they ask for more, and with what two people changed; all of it invented."""

import json
from typing import Any

from django.http import HttpRequest, QueryDict

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.cases.drafts.forms import SEEN, Before, SheetForm, form_of
from niangjia.kernel.cases.drafts.rules import NEVER, Answer, Field, FieldKind, FormSheet, Is
from niangjia.kernel.chinese import gettext_noop

EXAMPLE = FormSheet(
    "example",
    gettext_noop("填空"),
    (
        Field(
            "kind", FieldKind.CHOICE, gettext_noop("类别"),
            choices=(("deep", gettext_noop("深度困难")), ("relative", gettext_noop("相对困难"))),
        ),
        Field("members", FieldKind.NUMBER, gettext_noop("家里人口"), least=1, most=30),
        Field("income", FieldKind.MONEY, gettext_noop("一个月收入多少元"), shown=Is("kind", "relative")),
        Field("phone", FieldKind.LINE, gettext_noop("手机"), prefilled_by="person.phone", required=NEVER),
        Field("words", FieldKind.WORDS, gettext_noop("看到的情况"), required=NEVER),
    ),
)  # fmt: skip
STORED: dict[str, Answer] = {"kind": "deep", "members": 4, "phone": "138****2206", "words": "2 × 12 m²"}
SEEN_THEN: dict[str, Answer] = STORED | {"members": 3, "words": ""}
WRITTEN = {"kind": "deep", "members": "5", "phone": "138****2206", "words": ""}


def part(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The section of the style page: its template, and what it shows."""
    actor = who_asks(request)
    made = form_of(EXAMPLE)
    opened = made(actor=actor, before=Before(known={"person.phone": "138****2206"}))
    more = made(_sent({"kind": "relative"}, {}), actor=actor, before=Before())
    both = made(_sent(WRITTEN, SEEN_THEN), actor=actor, before=Before(stored=STORED))
    forms: tuple[SheetForm, ...] = (opened, more, both)
    for name, form in zip(("sheet", "more", "both"), forms, strict=True):
        form.auto_id = f"{name}_%s"
    return "case_drafts/style.html", {"opened": opened, "more": _judged(more), "both": _judged(both)}


def _judged(form: SheetForm) -> SheetForm:
    form.is_valid()
    return form


def _sent(written: dict[str, str], seen: dict[str, Answer]) -> QueryDict:
    """As the page would have sent it, the income not asked yet."""
    sent = QueryDict(mutable=True)
    sent.update(written | {f"{SEEN}{name}": json.dumps(seen.get(name)) for name in EXAMPLE.names if name != "income"})
    return sent
