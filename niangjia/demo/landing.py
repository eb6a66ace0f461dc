"""A planned county goes into the registers: set by set, through temporary tables, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice

from django.db import connection
from psycopg import sql
from psycopg.types.range import DateRange

from niangjia.demo.rules import CountyPlan, EmployerRow, KnownPerson, MembershipRow, PersonRow, UnionRow, people
from niangjia.kernel.places.services import NewPlace, open_places, reserve_ids
from niangjia.kernel.sealed import BulkBlind, BulkSealer
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.rules import IdKind
from niangjia.registers.members.rules.naming import name_keys
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, SEALED_ID, SEALED_PHONE, real_name
from niangjia.registers.members.tails import key_of_number
from niangjia.registers.orgs.models import Union

CHUNK = 10_000
UNION_LIST = "union_2015"
REGISTERED_SINCE = timedelta(days=3 * 365)
OFFICE_HOUR = time(2, 0, tzinfo=UTC)  # ten in the morning where the people are

SUBJECT_COLUMNS = ("id", "city", "key_blind")
PERSON_COLUMNS = (
    "subject_id", "city", "name", "name_sort", "name_keys", "id_kind", "id_sealed", "phone_sealed", "phone_blind",
    "phone_confirmed_at", "sex", "birth_on", "ethnicity", "political", "education", "household_registration", "migrant",
    "employment", "workplace", "title", "skill", "occupation", "revision", "registered_at",
)  # fmt: skip
MEMBERSHIP_COLUMNS = (
    "city", "person_id", "union_id", "employer_id", "kind", "state", "period", "joined_on", "member_no", "revision",
)  # fmt: skip

Row = tuple[object, ...]


def land_unions(unions: Sequence[UnionRow], ids: dict[str, int]) -> None:
    """Open the places day by day and register the unions; adds their ids to `ids`, where those above them are."""
    rows = sorted(unions, key=lambda row: row.opened_on)  # a parent is never younger than what stands below it
    ids.update(zip((row.code for row in rows), reserve_ids(len(rows)), strict=True))
    for day, same_day in groupby(rows, key=lambda row: row.opened_on):
        open_places([_place(row, ids) for row in same_day], on=day)
    Union.objects.bulk_create(
        [
            Union(
                place_id=ids[row.code], city=city_of(row), code=row.code, name=row.name, kind=row.kind.value,
                uscc=row.uscc, region_code=row.region_code, address=row.address, phone=row.phone,
            )
            for row in rows
        ],
        batch_size=CHUNK,
    )  # fmt: skip


def city_of(row: UnionRow | EmployerRow) -> str:
    """The city whose database holds the row."""
    return f"{row.region_code[:4]}00"


def _place(row: UnionRow, ids: dict[str, int]) -> NewPlace:
    second = ids[row.second_parent_code] if row.second_parent_code else None
    parent = ids[row.parent_code] if row.parent_code else None
    return NewPlace(id=ids[row.code], level=row.level, city=city_of(row), parent_id=parent, second_parent_id=second)


def land_employers(plan: CountyPlan, ids: dict[str, int]) -> list[int]:
    """Register the employers and who covers them; answers their ids in the order of the plan."""
    employers = Employer.objects.bulk_create(
        [
            Employer(
                city=city_of(row), place_id=ids[row.place_code], name=row.name, uscc=row.uscc,
                region_code=row.region_code, trade_code=row.trade_code, ownership_list=UNION_LIST,
                ownership_code=row.ownership_code, employees=row.employees, women_employees=row.women_employees,
                opened_on=row.opened_on, address=row.address,
            )
            for row in plan.employers
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    keys = [employer.pk for employer in employers]
    Coverage.objects.bulk_create(
        Coverage(
            city=plan.county.city_code,
            employer_id=keys[row.employer],
            union_id=ids[row.union_code],
            valid_from=row.valid_from,
        )
        for row in plan.coverages
    )
    return keys


def land_people(
    plan: CountyPlan, ids: dict[str, int], employers: list[int], *, on: date, known: tuple[KnownPerson, ...] = ()
) -> int:
    """Register the members with all their memberships; answers how many people there are."""
    stream = people(plan, on=on, known=known)
    writer = _PeopleWriter(plan.county.city_code, ids, employers, on)
    landed = 0
    while chunk := list(islice(stream, CHUNK)):
        writer.write(chunk)
        landed += len(chunk)
    return landed


class _PeopleWriter:
    """Seals and writes people, chunk by chunk."""

    def __init__(self, city: str, unions: dict[str, int], employers: list[int], on: date) -> None:
        self.city, self.unions, self.employers, self.on = city, unions, employers, on
        self.seal_id, self.seal_phone = BulkSealer(SEALED_ID).seal, BulkSealer(SEALED_PHONE).seal
        self.blind_key, self.blind_phone = BulkBlind(REAL_NAME).index, BulkBlind(PHONE).index

    def write(self, chunk: Sequence[tuple[PersonRow, list[MembershipRow]]]) -> None:
        """One chunk into all three tables."""
        keys = _subject_ids(len(chunk))
        pairs = list(zip(keys, chunk, strict=True))
        kind = IdKind.ID_CARD.value
        copy_rows(
            "people_subject",
            SUBJECT_COLUMNS,
            ((key, self.city, self.blind_key(real_name(kind, person.id_number))) for key, (person, _) in pairs),
        )
        copy_rows("members_person", PERSON_COLUMNS, (self._person(key, *entry) for key, entry in pairs))
        rows = (self._membership(key, row) for key, (_, memberships) in pairs for row in memberships)
        copy_rows("members_membership", MEMBERSHIP_COLUMNS, rows)

    def _person(self, key: int, person: PersonRow, memberships: list[MembershipRow]) -> Row:
        sort, search = name_keys(person.name)
        since = max(memberships[0].begins_on, self.on - REGISTERED_SINCE)
        registered_at = datetime.combine(since, OFFICE_HOUR)
        phone = person.phone
        # One in three has answered a code that was sent to the phone.
        confirmed_at = registered_at + timedelta(hours=5) if phone and key % 3 == 0 else None
        return (
            key, self.city, person.name, sort, [*search, key_of_number(person.id_number)], IdKind.ID_CARD.value, self.seal_id(person.id_number, key),
            self.seal_phone(phone, key) if phone else None, self.blind_phone(phone) if phone else None, confirmed_at,
            person.sex, person.birth_on, person.ethnicity, person.political, person.education,
            person.household_registration, person.migrant, person.employment, person.workplace, person.title,
            person.skill, person.occupation, 1, registered_at,
        )  # fmt: skip

    def _membership(self, key: int, row: MembershipRow) -> Row:
        employer = None if row.employer is None else self.employers[row.employer]
        return (
            self.city, key, self.unions[row.union_code], employer, row.kind, row.state, DateRange(row.begins_on, row.ends_on),
            row.begins_on, row.member_no, 1,
        )  # fmt: skip


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """COPY into a temporary table of the same shape, then INSERT: the table itself may be under row security."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    parts = {"table": sql.Identifier(table), "draft": sql.Identifier(f"draft_{table}"), "names": names}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMP TABLE {draft} AS SELECT {names} FROM {table} LIMIT 0").format(**parts))
        with cursor.cursor.copy(sql.SQL("COPY {draft} ({names}) FROM STDIN").format(**parts)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("INSERT INTO {table} ({names}) SELECT {names} FROM {draft}").format(**parts))
        cursor.execute(sql.SQL("DROP TABLE {draft}").format(**parts))


def _subject_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_subject', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]
