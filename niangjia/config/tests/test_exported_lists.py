"""Every declared list can be taken out, and what is taken out is the list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from niangjia.config.tests.rows import Rows
from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role, looking_at
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.exports import jobs, making, services
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.rules import Format, State
from niangjia.kernel.exports.services import Wish
from niangjia.kernel.exports.tests.reading import csv_rows
from niangjia.kernel.exports.writing import cell_of
from niangjia.kernel.intake.models import Import
from niangjia.kernel.listing import Listing
from niangjia.kernel.listing.exporting import listings
from niangjia.kernel.listing.page import ListPage
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
FILTERS = {
    "unions": ({}, {"level": "town"}, {"q": "工会", "sort": "-1"}, {"under": "柳林镇总工会"}),
    "employers": ({}, {"covered": "no"}, {"sort": "-4"}),
    "members": ({}, {"sex": "female"}, {"under": "柳林镇总工会"}, {"q": "陈桂兰"}, {"sort": "-1"}),
    "imports": ({}, {"state": "done"}),
    "exports": ({}, {"whose": "mine"}),
}


def declared() -> dict[str, Listing]:
    """Every list that some address shows."""

    def views(patterns: list[Any]) -> Iterator[Any]:
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from views(each.url_patterns)
            elif isinstance(each, URLPattern):
                yield each.callback

    found = (getattr(view, "listing", None) for view in views(get_resolver().url_patterns))
    return {listing.name: listing for listing in found if listing is not None}


@pytest.fixture
def office() -> Office:
    made = Office()
    for written, union in ((CHEN, made.mill), (LIU, made.plant)):
        enrol(written, union)
    for name, union in (("鸿远纺织有限公司", made.town), ("=1+1 贸易有限公司", made.park)):
        Employer.objects.create(city="349900", name=name, place=union.place, employees=12)
    return made


@pytest.fixture
def zhou(office: Office) -> Account:
    return an_account("zhou", at=office.county.place)


def acts(account: Account) -> Any:
    return actor_of(account, on=clock.today())


def as_listed(listing: Listing, account: Account, filters: dict[str, str]) -> list[list[str]]:
    """The rows of the list's own page, as text."""
    asked = QueryDict(mutable=True)
    asked.update(filters)
    page = ListPage(listing, actor=acts(account), asked=asked)
    return [[str(cell_of(cell.value)) for cell in page.values(row)] for row in page.matching]


def as_exported(name: str, account: Account, filters: dict[str, str]) -> list[list[str]]:
    source = source_named(name)
    assert source is not None
    export = services.ask(source, Wish(filters, Format.CSV, "check_register"), by=acts(account))
    jobs.make_export(export_id=export.pk)
    export.refresh_from_db()
    assert export.state == State.READY, export.refusal
    return [[cell.lstrip("'") for cell in row] for row in csv_rows(export)[1:]]


def test_every_list_that_is_shown_can_be_taken_out() -> None:
    wired = {name for name, listing in listings().items() if not listing.stays}
    assert wired == {name for name, listing in declared().items() if not listing.stays}
    assert set(declared()) - wired == {
        "election_cases", "exit_cases", "extension_cases", "founding_cases", "joining_cases", "leaving_cases", "look_counts",
        "merging_cases", "recall_cases",
        "regaining_cases", "reorganising_cases", "requests", "same_person",
    }  # fmt: skip
    assert len(settings.NIANGJIA_LISTINGS) == len(set(settings.NIANGJIA_LISTINGS))
    assert all(listing.move is not None for listing in listings().values())


def test_a_list_that_stays_in_the_house_is_never_taken_out() -> None:
    rows = Rows()
    watcher = rows.watcher("requests")
    rows.fill("requests", 2, at=rows.mill, by=watcher)
    client = open_session(Client(), watcher)
    assert source_named("requests") is None
    assert client.get("/exports/new/?list=requests").status_code == 404
    assert client.get("/lists/requests/ticked/?all=yes").status_code == 404
    page = client.get("/requests/").content.decode()
    assert "list=requests" not in page
    assert "/lists/requests/act/" in page


CASES = [(name, filters) for name, many in FILTERS.items() for filters in many if name not in {"imports", "exports"}]


@pytest.mark.guard(
    "export-is-the-filtered-list", "What is taken out is the list as it was filtered, with the rights of who asked."
)
@pytest.mark.parametrize(("name", "filters"), CASES, ids=str)
def test_what_is_taken_out_is_the_list(office: Office, zhou: Account, name: str, filters: dict[str, str]) -> None:
    listing = listings()[name]
    header, *rows = as_exported(name, zhou, filters)
    assert header == [str(column.title) for column in listing.columns]
    assert rows == as_listed(listing, zhou, filters)
    assert rows


@pytest.mark.guard(
    "export-is-the-filtered-list", "What is taken out is the list as it was filtered, with the rights of who asked."
)
@pytest.mark.parametrize("name", ["unions", "employers", "members"])
def test_a_town_takes_out_its_own_rows_alone(office: Office, zhou: Account, name: str) -> None:
    town = an_account("town", at=office.town.place)
    mine, whole = as_exported(name, town, {}), as_exported(name, zhou, {})
    assert mine[1:] == as_listed(listings()[name], town, {})
    assert {tuple(row) for row in mine} < {tuple(row) for row in whole}


@pytest.mark.guard(
    "export-is-the-filtered-list", "What is taken out is the list as it was filtered, with the rights of who asked."
)
def test_who_looked_at_one_town_alone_takes_out_that_town_alone(office: Office, zhou: Account) -> None:
    town = looking_at(acts(zhou), office.town.place.path)
    source = source_named("members")
    assert source is not None
    wish = Wish(source.kept(town, {}), Format.CSV, "check_register")
    export = services.ask(source, wish, by=town)
    jobs.make_export(export_id=export.pk)
    export.refresh_from_db()
    assert len(csv_rows(export)) == export.rows_asked + 2 == 3
    assert [str(words) for _title, words in source.said(town, wish.filters)] == [office.town.name]


@pytest.mark.control("export-is-the-filtered-list")
def test_without_the_actors_rights_a_town_would_take_out_the_county(
    office: Office, zhou: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = an_account("town", at=office.town.place)
    monkeypatch.setattr(making, "asking_actor", lambda *_args: acts(zhou))
    monkeypatch.setattr(jobs, "acting", lambda _actor: beyond(Purpose.EXPORTS))
    assert len(as_exported("members", town, {})) > len(as_listed(listings()["members"], town, {})) + 1


@pytest.mark.parametrize("name", ["imports", "exports"])
def test_lists_of_work_are_taken_out_as_well(office: Office, zhou: Account, name: str) -> None:
    Import.objects.create(
        city="349900", kind="members", place=office.county.place, account=zhou, author="周敏", file_name="花名册.xlsx",
        file_bytes=1, file_sha256=b"0" * 32, resume_key=b"0" * 32,
    )  # fmt: skip
    as_exported("members", zhou, {})
    before = as_listed(listings()[name], zhou, {})
    assert [row[0] for row in as_exported(name, zhou, {})[1:]][-1] == before[-1][0]


@pytest.mark.parametrize("role", [Role.WORKER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_whoever_may_not_see_a_list_may_not_take_it_out(office: Office, role: Role) -> None:
    other = an_account("other", role=role, at=office.county.place)
    for name in ("unions", "employers", "members"):
        with pytest.raises(Forbidden):
            as_exported(name, other, {})
    assert not ExportRequest.objects.exists()
