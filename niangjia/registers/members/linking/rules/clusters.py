"""Records of one person gathered (归并): links are joined from the surest on, and no group ever holds two proven papers."""

from collections.abc import Iterable

# Two records that are linked, and what tells their proven identity numbers apart; None where a record has none.
Link = tuple[int, int, int | None, int | None]


def gather(links: Iterable[Link]) -> dict[int, int]:
    """The group of each linked record, named by its first record; links come from the surest to the least sure."""
    root: dict[int, int] = {}
    papers: dict[int, int | None] = {}
    for left, right, paper_left, paper_right in links:
        one, other = root.setdefault(left, left), root.setdefault(right, right)
        # The paper of a record is its group's as long as it stands alone.
        if one == left:
            papers.setdefault(left, paper_left)
        else:
            one = _root(one, root)
        if other == right:
            papers.setdefault(right, paper_right)
        else:
            other = _root(other, root)
        if one == other:
            continue
        mine, hers = papers[one], papers[other]
        if mine is None or hers is None or mine == hers:
            first, second = (one, other) if one < other else (other, one)
            root[second] = first
            papers[first] = hers if mine is None else mine
    return {record: top if root[top] == top else _root(top, root) for record, top in root.items()}


def _root(record: int, root: dict[int, int]) -> int:
    top = record
    while root[top] != top:
        top = root[top]
    while root[record] != top:
        root[record], record = top, root[record]
    return top
