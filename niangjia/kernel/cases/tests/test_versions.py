"""Versions of workflows: what is written when migrating, what is refused, and what the system check says."""

from dataclasses import replace

import pytest
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from niangjia.kernel.access.rules import Role
from niangjia.kernel.cases import changes
from niangjia.kernel.cases.changes import WorkflowChanged, differing, load_changes
from niangjia.kernel.cases.models import Change, Version
from niangjia.kernel.cases.rules import Pool, Workflow, fingerprint
from niangjia.kernel.cases.tests.tables import POOL_N, TRIAL
from niangjia.kernel.cases.tests.world import World, wired

# The owner alone writes what is allowed.
pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def edited(flow: Workflow, move: str, **facts: object) -> Workflow:
    """A table with one of its moves said otherwise."""
    made = [replace(each, **facts) if each.name == move else each for each in flow.moves]
    return replace(flow, moves=tuple(made))


def more(pool: Pool | None) -> Pool | None:
    """Three instead of two have to agree."""
    return replace(pool, number=3) if pool else None


CHANGED = {
    "roles": edited(TRIAL, "take", roles=frozenset({Role.CADRE})),
    "who": edited(TRIAL, "take", who=TRIAL.move("overrule").who),
    "reasons": edited(TRIAL, "ask_papers", reasons=("no_form",)),
    "hands": edited(TRIAL, "take", takes_in_hand=False),
    "tier": replace(TRIAL, tiers=(replace(TRIAL.tiers[0], may_extend=True), *TRIAL.tiers[1:])),
    "term": replace(
        TRIAL, tiers=(replace(TRIAL.tiers[0], term=replace(TRIAL.tiers[0].term, number=6)), *TRIAL.tiers[1:])
    ),
    "stage": replace(TRIAL, stages=tuple(replace(each, pauses="") for each in TRIAL.stages)),
    "pool": replace(POOL_N, stages=tuple(replace(each, pool=more(each.pool)) for each in POOL_N.stages)),
}


@pytest.mark.parametrize("what", CHANGED)
def test_whatever_rule_is_edited_the_mark_is_another(what: str) -> None:
    assert fingerprint(CHANGED[what]) != fingerprint(POOL_N if what == "pool" else TRIAL)


def test_another_order_and_better_words_are_the_same_table() -> None:
    term = replace(TRIAL.tiers[0].term, source="《工会法》")
    same = replace(
        TRIAL,
        moves=TRIAL.moves[::-1],
        stages=TRIAL.stages[::-1],
        tiers=(replace(TRIAL.tiers[0], term=term), *TRIAL.tiers[1:]),
    )
    assert fingerprint(same) == fingerprint(TRIAL)


def _wired(monkeypatch: pytest.MonkeyPatch, *flows: Workflow) -> None:
    monkeypatch.setattr(changes, "flows", lambda: flows)


def test_a_new_table_is_written_and_one_without_cases_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for flow in (TRIAL, CHANGED["roles"]):
        _wired(monkeypatch, flow)
        assert differing() == ["trial 1"]
        assert (load_changes(using="owner"), load_changes(using="owner")) == (1, 0)
        assert differing() == []
    assert Version.objects.get(kind="trial").fingerprint == fingerprint(CHANGED["roles"])
    assert Change.objects.filter(kind="trial").count() == len(set(TRIAL.changes()))


@pytest.mark.parametrize("what", ["roles", "tier", "hands"])
def test_what_runs_is_not_edited(what: str, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    wired(settings)
    _wired(monkeypatch, TRIAL)
    World().opened()
    # Written before anybody kept what it said: taken as it is.
    assert load_changes(using="owner") == 1
    _wired(monkeypatch, CHANGED[what])
    with pytest.raises(WorkflowChanged, match="wire version 2"):
        load_changes(using="owner")
    assert Version.objects.get(kind="trial").fingerprint == fingerprint(TRIAL)
    _wired(monkeypatch, TRIAL, replace(CHANGED[what], version=2))
    assert load_changes(using="owner") == 1


def test_the_system_check_says_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    _wired(monkeypatch, TRIAL)
    found = checks.run_checks(tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS])
    assert [(each.id, "trial 1" in each.msg) for each in found if each.id == "cases.E001"] == [("cases.E001", True)]
    load_changes(using="owner")
    assert changes.check_workflows(databases=[DEFAULT_DB_ALIAS]) == []


def test_what_is_wired_is_what_the_database_has() -> None:
    assert differing() == []


def test_the_program_itself_writes_no_version() -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('niangjia_app', 'cases_version', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)
