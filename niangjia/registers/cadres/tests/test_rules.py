"""Posts as rules: which are written by hand, by whom, what the law gives, what ends them."""

from datetime import date

import pytest

from niangjia.registers.cadres.rules.posts import (
    CadreKind,
    CadrePost,
    end_faults,
    post_of_seat,
    protections,
    since_fault,
    why_not_written,
)
from niangjia.registers.committees.rules.bodies import BodyKind, Post

TODAY = date(2026, 11, 20)


def test_every_seat_of_a_committee_is_a_post() -> None:
    assert post_of_seat("committee", "chair") is CadrePost.CHAIR
    assert post_of_seat("committee", "finance") is CadrePost.TREASURER
    assert post_of_seat("audit", "chair") is CadrePost.AUDIT
    assert {post_of_seat(body.value, post.value) for body in BodyKind for post in Post} <= set(CadrePost)


@pytest.mark.parametrize(
    ("post", "has_term", "is_above", "code"),
    [
        (CadrePost.CHAIR, True, True, "from_committees"),
        (CadrePost.AUDIT, True, False, "from_committees"),
        (CadrePost.CHAIR, False, False, "named_above"),
        (CadrePost.ORGANISER, False, True, None),
        (CadrePost.MEMBER, False, False, None),
        (CadrePost.SOCIAL_WORKER, True, False, None),
    ],
)
def test_elected_posts_are_not_typed_and_who_leads_is_named_above(
    post: CadrePost, has_term: bool, is_above: bool, code: str | None
) -> None:
    reason = why_not_written(post, has_term=has_term, is_above=is_above)
    assert (reason.code if reason else None) == code


def test_a_post_ends_on_a_day_that_can_be_and_for_a_reason() -> None:
    since = date(2026, 1, 1)
    assert not end_faults(since, TODAY, "合同期满", today=TODAY)
    assert end_faults(since, date(2025, 12, 31), "合同期满", today=TODAY)["until"].code == "ends_before"
    assert end_faults(since, date(2026, 11, 21), "合同期满", today=TODAY)["until"].code == "ends_later"
    assert end_faults(since, TODAY, "  ", today=TODAY)["because"].code == "no_reason"
    assert since_fault(date(2026, 11, 21), today=TODAY) is not None


def test_the_law_protects_whom_it_names_and_nobody_else() -> None:
    said = {reason.code for reason in protections(CadrePost.CHAIR, CadreKind.PART_TIME)}
    assert said == {"paid_days", "no_transfer", "contract"}
    assert {reason.code for reason in protections(CadrePost.MEMBER, CadreKind.FULL_TIME)} == {"contract"}
    assert protections(CadrePost.SUPERVISOR, CadreKind.PART_TIME) == []
    assert protections(CadrePost.SOCIAL_WORKER, CadreKind.HIRED) == []
