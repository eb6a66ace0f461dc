"""Records of one person gathered (归并): links are joined from the surest on, and no group ever holds two proven papers."""

from collections.abc import Iterable

# Two records that are linked, and what tells their proven identity numbers apart; None where a record has none.
Link = tuple[int, int, int | None, int | None]


def gather(links: Iterable[Link]) -> dict[int, int]:
    """The group of each linked record, named by its first record; links come from the surest to the least sure."""
    root: dict[int, int] = {}
    papers: dict[int, int] = {}
    for left, right, paper_left, paper_right in links:
        for record, paper in ((left, paper_left), (right, paper_right)):
            if record not in root:
                root[record] = record
                if paper is not None:
                    papers[record] = paper
        _join(_root(left, root), _root(right, root), root, papers)
    return {record: _root(record, root) for record in root}


def _join(left: int, right: int, root: dict[int, int], papers: dict[int, int]) -> None:
    if left == right:
        return
    one, two = papers.get(left), papers.get(right)
    if one is not None and two is not None and one != two:
        return
    first, second = min(left, right), max(left, right)
    root[second] = first
    known = one if one is not None else two
    if known is not None:
        papers[first] = known


def _root(record: int, root: dict[int, int]) -> int:
    top = record
    while root[top] != top:
        top = root[top]
    while root[record] != top:
        root[record], record = top, root[record]
    return top
