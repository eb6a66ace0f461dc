"""A county, a town and a mill with people who work there, and a worker who asks; the test's own workflows wired."""

import os
from datetime import datetime, timedelta
from typing import Any

import psycopg

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.rules import Workflow
from niangjia.kernel.cases.tests.tables import FLOWS, TRIAL
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level

TABLES = "niangjia.kernel.cases.tests.tables.FLOWS"
KIND = "niangjia.kernel.cases.tests.tables.TRIAL_KIND"
AT = datetime(2026, 3, 2, 10, 0, tzinfo=clock.PEOPLE_ZONE)
ALLOW = (
    """INSERT INTO cases_change (kind, version, stage, move, "to") VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
)


def wired(settings: Any, *flows: Workflow) -> None:
    """The tables of the tests are wired, and allowed by the database, as migrating would have done."""
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, TABLES)
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, KIND)
    allow(*(flows or FLOWS))


def allow(*flows: Workflow) -> None:
    """The owner writes what tables allow."""
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"]) as owner, owner.cursor() as cursor:
        rows = [(flow.kind, flow.version, *change) for flow in flows for change in flow.changes()]
        cursor.executemany(ALLOW, rows)


class World:
    """安禾县 with 柳林镇 and its mill."""

    def __init__(self) -> None:
        self.county = a_place(Level.COUNTY)
        self.town = a_place(Level.TOWN, parent=self.county)
        self.park = a_place(Level.TOWN, parent=self.county)
        self.mill = a_place(Level.BASE, parent=self.town)
        self.zhou = self.somebody("zhou", self.town)
        self.wang = self.somebody("wang", self.town)
        self.county_cadre = self.somebody("county", self.county)
        self.park_cadre = self.somebody("park", self.park)
        self.chair = self.somebody("chair", self.mill, Role.CHAIR)
        self.auditor = self.somebody("auditor", self.county, Role.AUDITOR)
        self.chen = self.worker("chen")

    def somebody(self, login: str, at: Place, role: Role = Role.CADRE, **facts: Any) -> Actor:
        """Who works at a place."""
        return acting_of(an_account(login, role=role, at=at, name=login, **facts))

    def worker(self, login: str) -> Actor:
        """A worker of the mill with an account of her own."""
        subject = Subject.objects.create(city="349900")
        return self.somebody(login, self.mill, Role.WORKER, subject=subject)

    def opened(self, flow: Workflow = TRIAL, *, at: datetime = AT, **facts: Any) -> Case:
        """A case of the worker at the town."""
        asker = facts.pop("asker", self.chen)
        given: dict[str, Any] = {"place": self.town, "askers": [asker.subject_id], "by": asker, "at": at} | facts
        return open_case(flow, **given)


def acting_of(account: Account) -> Actor:
    """The account as an actor today."""
    return actor_of(account, on=clock.today())


def later(**more: float) -> datetime:
    """So much after the first instant."""
    return AT + timedelta(**more)
