"""Unions in the box on top: by part of the name, pinyin, initials, code."""

from typing import Any

from niangjia.kernel.search import Hit, of_list
from niangjia.registers.orgs.listing import UNIONS, address_of, level_words, standing_badge


def _hit(union: Any) -> Hit:
    badge = standing_badge(union) if union.place.closed_on else None
    return Hit(union.name, (union.code, level_words(union)), address_of(union), badge)


UNIONS_FOUND = of_list(UNIONS, icon="sitemap", hit=_hit, codes=("code", "uscc"))
