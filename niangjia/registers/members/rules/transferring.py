"""Transfers between two ends (会籍接转): how long the other end has, and which union decides where it stays silent.

Source: 《工会会员会籍管理办法》 asks for both ends and names no number of days: 本系统默认值.
"""

from niangjia.kernel.places.rules import common_ancestor, ids_of

ANSWER_PARAMETER, ANSWER_WORKING_DAYS = "transfer_answer", 10


def umpire_of(from_path: str, to_path: str) -> int | None:
    """The nearest union above both ends (两边共同的上级); where one end is the highest there is, that one."""
    ends = (from_path, to_path)
    above = common_ancestor([_above(path) for path in ends])
    return above if above is not None else common_ancestor(ends)


def _above(path: str) -> str:
    return "".join(f"{each}." for each in ids_of(path)[:-1])
