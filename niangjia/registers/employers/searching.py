"""Employers in the box on top: by part of the name, pinyin, initials, credit code."""

from typing import Any

from niangjia.kernel.search import Hit, of_list
from niangjia.registers.employers.listing import EMPLOYERS, standing_badge


def _hit(employer: Any) -> Hit:
    facts = (employer.place.union.name, employer.uscc)
    return Hit(employer.name, facts, f"/employers/{employer.pk}/", standing_badge(employer))


EMPLOYERS_FOUND = of_list(EMPLOYERS, icon="building", hit=_hit, codes=("uscc",))
