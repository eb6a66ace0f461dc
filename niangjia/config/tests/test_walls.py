"""Walls of the whole house: every table of people has one, the database has those that are declared, purposes are few."""

import os
import re
from importlib import import_module

import psycopg
import pytest
from django.apps import apps
from django.utils.module_loading import module_has_submodule

from niangjia.config.environment import CHECKOUT
from niangjia.kernel.acting import Purpose
from niangjia.kernel.acting.walls import Sight, Wall, built

# Tables with a city that everybody may read, and why.
WITHOUT_WALL = {
    "journal_block": "hashes of sealed entries: the head of a chain is printed for everybody to see",
    "journal_anchored": "up to which block of a chain an anchor was written: numbers and hashes alone",
}
POLICIES = "SELECT tablename, policyname, cmd, roles, qual, with_check FROM pg_policies ORDER BY 1, 2"
# Where each purpose is used. Whoever adds a place here says to a reviewer: this work must not be bound to one person.
USED = {
    Purpose.SEED: {"niangjia/demo/services.py", "niangjia/kernel/boundaries/services.py"},
    Purpose.SAME_PERSON: {
        "niangjia/registers/members/joining/approving.py",
        "niangjia/registers/members/joining/looking.py",
        "niangjia/registers/members/linking/newcomers.py",
        "niangjia/registers/members/regaining/queries.py",
        "niangjia/registers/members/services.py",
    },
    Purpose.ROSTER: {
        "niangjia/registers/members/roster/jobs.py",
        "niangjia/registers/members/roster/sampling.py",
        "niangjia/registers/members/roster/undoing.py",
    },
    Purpose.UNION_LIST: {"niangjia/registers/orgs/services.py"},
    Purpose.ONE_OF_A_KIND: {
        "niangjia/registers/employers/services.py",
        "niangjia/registers/employers/employer_list/deciding.py",
    },
    Purpose.LEADS: {"niangjia/registers/employers/targets/leads.py"},
    Purpose.CLINIC: {
        "niangjia/registers/members/clinic/commands.py",
        "niangjia/registers/members/clinic/looking.py",
    },
    Purpose.HOUSEHOLDS: {
        "niangjia/registers/households/hearing.py",
        "niangjia/registers/households/looking.py",
        "niangjia/registers/households/personal.py",
        "niangjia/registers/households/queries.py",
        "niangjia/registers/households/services.py",
    },
    Purpose.EMPLOYER_LIST: {"niangjia/registers/employers/employer_list/services.py"},
    Purpose.RIGHTS_END: {"niangjia/kernel/access/services.py", "niangjia/kernel/access/telling.py"},
    Purpose.SEALING: {"niangjia/kernel/journal/services.py"},
    Purpose.PROVING: {"niangjia/config/backup/proving.py", "niangjia/kernel/journal/queries.py"},
    Purpose.DOOR: {
        "niangjia/demo/services.py",
        "niangjia/kernel/access/phone_code/services.py",
        "niangjia/kernel/programs/services.py",
        "niangjia/registers/founding/services.py",
        "niangjia/registers/founding/views.py",
        "niangjia/registers/members/joining/services.py",
        "niangjia/registers/members/joining/views.py",
        "niangjia/registers/members/regaining/proving.py",
        "niangjia/registers/members/regaining/queries.py",
    },
    Purpose.REKEYING: {
        "niangjia/kernel/rotation/jobs.py",
        "niangjia/kernel/rotation/queries.py",
        "niangjia/kernel/rotation/rewrapping.py",
    },
    Purpose.EXPORTS: {"niangjia/kernel/exports/jobs.py", "niangjia/kernel/exports/queries.py"},
    Purpose.BULK: {"niangjia/kernel/listing/runs/services.py"},
    Purpose.RETENTION: {"niangjia/kernel/privacy/jobs.py"},
    Purpose.MESSAGES: {
        "niangjia/kernel/messages/delivering.py",
        "niangjia/kernel/messages/proving.py",
        "niangjia/kernel/messages/queries.py",
        "niangjia/kernel/messages/services.py",
        "niangjia/kernel/messages/wechat/services.py",
    },
    Purpose.WEBHOOKS: {"niangjia/kernel/webhooks/delivering.py", "niangjia/kernel/webhooks/services.py"},
    Purpose.TRANSFER: {
        "niangjia/registers/members/transfers/raising.py",
        "niangjia/registers/members/transfers/services.py",
    },
    Purpose.EXITS: {"niangjia/registers/members/leaving/exits.py"},
    Purpose.PASSING: {"niangjia/registers/members/leaving/keeping.py"},
    Purpose.MERGE: {
        "niangjia/registers/members/merging/asking.py",
        "niangjia/registers/members/merging/carrying.py",
        "niangjia/registers/members/merging/finding.py",
        "niangjia/registers/members/merging/jobs.py",
        "niangjia/registers/members/merging/kind.py",
        "niangjia/registers/members/merging/proposing.py",
        "niangjia/registers/members/merging/queries.py",
        "niangjia/registers/members/merging/undoing.py",
        "niangjia/registers/members/merging/views.py",
    },
    Purpose.TERMS: {"niangjia/registers/committees/reminding.py"},
    Purpose.CADRES: {"niangjia/registers/cadres/handing/services.py", "niangjia/registers/cadres/services.py"},
    Purpose.CARDS: {"niangjia/registers/cards/checking.py", "niangjia/registers/cards/services.py"},
    Purpose.CASES: {
        "niangjia/services/requests/for_employers/queries.py",
        "niangjia/services/requests/for_employers/services.py",
        "niangjia/services/requests/for_employers/views.py",
        "niangjia/kernel/cases/barring.py",
        "niangjia/kernel/cases/by_clock.py",
        "niangjia/kernel/cases/handing.py",
        "niangjia/kernel/cases/making.py",
        "niangjia/kernel/cases/opening.py",
        "niangjia/kernel/cases/reminding.py",
        "niangjia/registers/founding/kind.py",
        "niangjia/registers/founding/preparing.py",
        "niangjia/registers/founding/telling.py",
        "niangjia/kernel/cases/resettling.py",
        "niangjia/registers/members/joining/telling.py",
        "niangjia/registers/members/regaining/deciding.py",
        "niangjia/registers/members/regaining/filing.py",
        "niangjia/registers/members/regaining/telling.py",
        "niangjia/services/requests/board/totals.py",
        "niangjia/services/requests/following.py",
        "niangjia/services/requests/handling.py",
        "niangjia/services/requests/hotspots/queries.py",
        "niangjia/services/requests/looking.py",
        "niangjia/services/requests/routing.py",
        "niangjia/services/requests/saying.py",
        "niangjia/services/requests/telling.py",
    },
    Purpose.REORGANISING: {"niangjia/registers/orgs/reorganising/services.py"},
    Purpose.PAST_DAYS: {"niangjia/registers/orgs/past/figures.py", "niangjia/registers/orgs/past/queries.py"},
    Purpose.OBJECTION: {
        "niangjia/kernel/cases/notices/queries.py",
        "niangjia/kernel/cases/notices/services.py",
    },
    Purpose.OWN_DATA: {
        "niangjia/kernel/privacy/consenting.py",
        "niangjia/kernel/privacy/erasing.py",
        "niangjia/kernel/privacy/own_file.py",
        "niangjia/kernel/privacy/queries.py",
        "niangjia/registers/founding/standing.py",
        "niangjia/registers/members/joining/standing.py",
        "niangjia/registers/members/own_side.py",
        "niangjia/registers/members/phone_changes/services.py",
        "niangjia/registers/members/regaining/kind.py",
        "niangjia/registers/members/standing.py",
    },
}


def declared() -> list[Wall | Sight]:
    """The walls of all slices."""
    slices = [each for each in apps.get_app_configs() if each.name.startswith("niangjia.")]
    rooms = [f"{each.name}.walls" for each in slices if module_has_submodule(each.module, "walls")]
    return [wall for room in rooms for wall in import_module(room).WALLS]


@pytest.mark.django_db
def test_the_database_has_the_walls_that_are_declared() -> None:
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"]) as owner:
        standing = owner.execute(POLICIES).fetchall()
        for statement in built(declared()):
            owner.execute(statement)
        assert standing == owner.execute(POLICIES).fetchall(), "a wall was changed: build it again in a migration"
        owner.rollback()


@pytest.mark.django_db
def test_every_table_with_a_city_stands_behind_a_wall() -> None:
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"]) as owner:
        forced = {row[0] for row in owner.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity").fetchall()}
    of_places = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("niangjia.") and any(field.name == "city" for field in model._meta.get_fields())
    }
    assert of_places - forced == set(WITHOUT_WALL)
    assert {wall.table for wall in declared() if isinstance(wall, Wall)} == forced


def test_each_purpose_beyond_one_person_s_scope_is_used_where_a_reviewer_read_it() -> None:
    used: dict[Purpose, set[str]] = {}
    for path in sorted((CHECKOUT / "niangjia").rglob("*.py")):
        if "tests" in path.parts or path.parent.name == "acting":
            continue
        for name in re.findall(r"beyond\(Purpose\.(\w+)\)", path.read_text("utf-8")):
            used.setdefault(Purpose[name], set()).add(path.relative_to(CHECKOUT).as_posix())
    assert {purpose: places - USED[purpose] for purpose, places in used.items() if places - USED[purpose]} == {}
