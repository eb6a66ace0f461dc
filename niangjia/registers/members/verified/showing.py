"""What a member's page says of how sure the register is of her (身份核实)."""

from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel.web.templatetags.niangjia_web import day, moment
from niangjia.registers.members.models import Person
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.queries import papers_of
from niangjia.registers.members.verified.rules import CHECKED_KINDS
from niangjia.registers.members.verified.words import OCCASION_WORDS, PAPER_WORDS


def certainty_of(person: Person) -> dict[str, Any]:
    """The facts by which she counts as verified, and what is missing."""
    seen = list(papers_of(person)[:5])
    has_digits = person.id_kind in CHECKED_KINDS
    facts = [
        (_("号码"), _("号码自己的校验对得上") if has_digits else _("这种证件的号码看不出真假，要看原件")),
        (
            _("手机"),
            _("{day}本人用验证码确认").format(day=day(person.phone_confirmed_at))
            if person.phone_confirmed_at
            else _("本人还没有用验证码确认"),
        ),
        (_("证件"), paper_line(seen[0]) if seen else _("还没有人看过原件")),
    ]
    return {"facts": facts, "is_verified": bool(seen) or (has_digits and person.phone_confirmed_at is not None)}


def paper_line(seen: PaperSeen) -> str:
    """One sight of papers in a line: when, what, by whom."""
    who = seen.seen_by.name if seen.seen_by else seen.union.name
    return _("{day}看过{paper}，{who}").format(day=day(seen.seen_on), paper=PAPER_WORDS[seen.paper], who=who)


def rows_of(person: Person) -> list[dict[str, Any]]:
    """Every sight of her papers, for the page where one more is written."""
    return [
        {
            "seen": each,
            "paper": PAPER_WORDS[each.paper],
            "occasion": OCCASION_WORDS[each.occasion],
            "who": each.seen_by.name if each.seen_by else "",
            "written": moment(each.written_at),
        }
        for each in papers_of(person)
    ]
