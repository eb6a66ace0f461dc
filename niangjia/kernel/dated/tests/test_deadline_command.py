"""`niangjia deadline`: the last day, how it came about, and what is refused."""

import json

import pytest
from django.utils import translation

from niangjia.config.command import _parser, collect
from niangjia.kernel.commands import Outcome, Refused
from niangjia.kernel.dated.services import load_public_days

pytestmark = pytest.mark.django_db


def run(*words: str) -> Outcome:
    commands = collect()
    arguments = _parser(commands.values()).parse_args(["deadline", *words])
    return commands["deadline"].run(arguments)


def test_it_answers_the_day_and_the_steps() -> None:
    load_public_days()
    outcome = run("2026-02-12", "--working-days", "7")
    assert set(outcome.body) == {"due_on", "explanation"}
    assert outcome.body["due_on"] == "2026-02-28"
    assert "2026-02-15 到 2026-02-23 放假" in outcome.body["explanation"]
    assert outcome.words.startswith("2026-02-28\n")
    assert json.dumps(outcome.body)
    assert run("2026-01-31", "--months", "1").body["due_on"] == "2026-02-28"
    assert run("2026-02-01", "--days", "14").body["due_on"] == "2026-02-24"
    assert run("2026-02-21", "--days", "0").body["due_on"] == "2026-02-24"
    assert run("2026-02-21", "--working-days", "0").body["due_on"] == "2026-02-21"


def test_the_steps_are_told_in_english_too() -> None:
    load_public_days()
    with translation.override("en"):
        assert run("2026-01-31", "--months", "1").body["explanation"] == (
            "2026-01-31 itself does not count; counting begins on 2026-02-01 (Civil Code, Art. 201). "
            "Months: 1, up to 2026-02-28 (Civil Code, Art. 202). "
            "2026-02 has no day 31: it ends with the month. "
            "2026-02-28 is on a weekend but is worked in stead of a day off: not put off."
        )


def test_beyond_the_published_days_it_says_so() -> None:
    assert "还没有装入放假安排" in run("2026-02-12", "--working-days", "7").body["explanation"]
    load_public_days()
    outcome = run("2026-12-20", "--days", "40")
    assert outcome.body["provisional"] is True
    assert "2026-12-31" in outcome.body["explanation"]
    assert "provisional" not in run("2026-12-01", "--days", "5").body


def test_a_day_after_the_last_of_the_calendar_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        run("2026-01-01", "--days", "99999999999999")
    assert refused.value.as_json()["refused"][0]["code"] == "too_far"


@pytest.mark.parametrize(
    "words",
    [
        ("2026-02-30", "--days", "1"),
        ("20260201", "--days", "1"),
        ("2026-02-01", "--days", "-1"),
        ("2026-02-01", "--days", "1.5"),
        ("2026-02-01",),
        ("2026-02-01", "--days", "1", "--months", "1"),
    ],
)
def test_what_is_no_term_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
