"""Trades and ownership of employers, as written and as coded."""

from niangjia.kernel.chinese import Term, Vocabulary
from niangjia.kernel.dated import rules as reference

_SECTION_OF = {row.code: row.section for row in reference.trades()}
_SECTION_TITLES = {row.code: row.name for row in reference.trades() if row.code.isalpha()}

# A division that has its section's very name (房地产业, 教育) is found by its code only; its name means the section.
TRADES = Vocabulary(
    "trade",
    *(
        Term(
            row.code, row.name if row.code.isalpha() or row.name not in _SECTION_TITLES.values() else f"{row.name}大类"
        )
        for row in reference.trades()
    ),
)

OWNERSHIP_LISTS: dict[str, Vocabulary] = {
    name: Vocabulary(name, *(Term(row.code, row.name) for row in reference.ownerships() if row.list_name == name))
    for name in reference.OWNERSHIP_LISTS
}


def trade_section(code: str) -> str:
    """The section (门类) of a trade code: `60` → `G`; also for classes of three and four digits."""
    return _SECTION_OF[code[:2]]


def trade_title(code: str) -> str:
    """A trade as it is read: 「G 交通运输、仓储和邮政业」, 「60 邮政业」."""
    return f"{code[:2]} {trade_name(code)}"


def trade_name(code: str) -> str:
    """A trade without its code: 「邮政业」."""
    return TRADES.titles[code[:2]].removesuffix("大类")


def ownership_titles(list_name: str) -> dict[str, str]:
    """Names by code in one of the lists."""
    return OWNERSHIP_LISTS[list_name].titles


def ownership_code(text: str) -> tuple[str, str] | None:
    """List and code of a written ownership (所有制); the newest list that knows it, so 个体工商户 is not asked twice."""
    for name in reversed(reference.OWNERSHIP_LISTS):
        code = OWNERSHIP_LISTS[name].code_of(text)
        if code is not None:
            return name, code
    return None
