"""A file of records made ready to be compared in DuckDB: what is plainly written in SQL, whatever is odd by the pure rules."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from niangjia.kernel.chinese import pinyin_keys
from niangjia.kernel.chinese.pinyin import double_surnames, readings
from niangjia.registers.members.linking.rules.records import (
    read_day,
    read_id,
    read_name,
    read_phone,
    read_sex,
    read_unit,
)
from niangjia.registers.members.linking.rules.shares import (
    FAMILY_PHONE,
    KNOWN_BESIDE,
    MOST_OF_ONE_ID,
    NAME_CLASSES,
    OWN_PHONE,
    UNIT_CLASSES,
    USUAL_SHARE,
)
from niangjia.registers.members.linking.rules.variants import usual_name
from niangjia.registers.members.rules.id_numbers import LAST_YEAR, OLDEST_YEAR, PROVINCES

Connection = duckdb.DuckDBPyConnection

# Weight of each of the seventeen digits (GB 11643), and the characters that the sum stands for.
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
_SUM = " + ".join(f"(digits // {10 ** (16 - at)} % 10) * {weight}" for at, weight in enumerate(_WEIGHTS))
_HEADS = ", ".join(str(int(head)) for head in sorted(PROVINCES))
# `digits` are the first seventeen, those of an old number with its century; a date that is none leaves `day` empty.
_NUMBERS = f"""
CREATE TABLE numbers AS
SELECT row, id_number, digits % 2 = 1 AS is_male,
  passes AND is_long AS proven, coalesce(passes, false) AS passes, day,
  CASE WHEN passes THEN CASE WHEN is_long THEN id_number ELSE digits::VARCHAR || checked END WHEN is_slip THEN id_number END
    AS number,
  id_number IS NOT NULL AND NOT coalesce(passes, false) AND NOT is_slip AS is_odd
FROM (
  SELECT *, day IS NOT NULL AND (NOT is_long OR checked = id_number[18:18]) AND digits // 1000000000000000 IN ({_HEADS})
      AS passes,
    CASE WHEN NOT is_long OR digits IS NULL OR (day IS NOT NULL AND checked = id_number[18:18]) THEN false
      ELSE regexp_full_match(id_number, '[0-9]{{17}}[0-9X]') AND NOT ends_with(id_number, '0000000')
        AND len(list_distinct(string_split(id_number, ''))) >= 4 END AS is_slip
  FROM (
    SELECT row, id_number, is_long, digits, '{_CHECKS}'[(({_SUM}) % 11)::INT + 1] AS checked,
      CASE WHEN digits // 10000000 % 10000 BETWEEN {OLDEST_YEAR} AND {LAST_YEAR}
        THEN try_cast(printf('%04d-%02d-%02d', digits // 10000000 % 10000, digits // 100000 % 100, digits // 1000 % 100)
          AS DATE) END AS day
    FROM (
      SELECT rowid AS row, id_number, length(id_number) = 18 AS is_long,
        CASE length(id_number) WHEN 18 THEN try_cast(id_number[1:17] AS BIGINT)
          WHEN 15 THEN try_cast(id_number[1:6] || '19' || id_number[7:15] AS BIGINT) END AS digits
      FROM written WHERE id_number IS NOT NULL)))
"""  # noqa: S608 - tables and columns of our own


class _Reading(NamedTuple):
    """How a column is read into a table of its own: what is plain as it stands, what SQL reads, and the rule for all else."""

    table: str
    column: str
    rule: Callable[[str], str | None]
    plain: str = "false"
    shape: str = "false"
    read: str = "NULL::VARCHAR"


_PHONE_SHAPE = r"(\+86 ?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
_DAY_SHAPE = "([12][0-9]{3})(?:-|/|[.]|年)([0-9]{1,2})(?:-|/|[.]|月)([0-9]{1,2})日?"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


_READINGS = (
    _Reading(
        "phones",
        "phone",
        read_phone,
        plain="regexp_full_match(phone, '1[3-9][0-9]{9}')",
        shape=f"regexp_full_match(text, '{_PHONE_SHAPE}')",
        read="right(regexp_replace(text, '[- ]', '', 'g'), 11)",
    ),
    _Reading("sexes", "sex", read_sex),
    _Reading(
        "days",
        "birth_on",
        lambda text: _iso(read_day(text)),
        shape=f"regexp_full_match(text, '{_DAY_SHAPE}')",
        read=f"try_cast(regexp_replace(text, '^{_DAY_SHAPE}$', '\\1-\\2-\\3') AS DATE)::VARCHAR",
    ),
    _Reading("units", "unit", read_unit),
)


def make_people(db: Connection) -> int:
    """The table `people` out of the table `written`: one row per record, in its order; how many they are."""
    _read_numbers(db)
    _read_names(db)
    for reading in _READINGS:
        _read_by_rule(db, reading)
    (records,) = db.execute("SELECT count(*) FROM written").fetchone() or (0,)
    db.execute(_facts_sql(int(records)))
    return int(records)


def _read_by_rule(db: Connection, reading: _Reading) -> None:
    """Each spelling that is not plain once: of a usual shape in SQL, any other by the same rule as a single record."""
    table, column = reading.table, reading.column
    db.execute(
        f"CREATE TABLE {table} AS SELECT text, {reading.read} AS read, {reading.shape} AS is_shaped FROM ("  # noqa: S608 - tables and columns of our own
        f"SELECT DISTINCT {column} AS text FROM written WHERE {column} IS NOT NULL AND NOT ({reading.plain}))"
    )
    db.execute(f"SELECT text FROM {table} WHERE NOT is_shaped")  # noqa: S608 - tables and columns of our own
    _insert(db, f"odd_{table}", ("text", "read"), ((text, reading.rule(text)) for (text,) in db.fetchall()))
    db.execute(f"UPDATE {table} SET read = odd.read FROM odd_{table} odd WHERE odd.text = {table}.text")  # noqa: S608 - as above


def _insert(db: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(column, pa.string()) for column in values]
    db.register("arrived", pa.table(dict(zip(columns, arrays, strict=True))))
    db.execute(f"CREATE TABLE {table} AS SELECT * FROM arrived")  # noqa: S608 - tables and columns of our own
    db.unregister("arrived")


def _read_numbers(db: Connection) -> None:
    """Numbers of 18 and of 15 digits are read here, row by row; each other spelling by the pure rule."""
    db.execute(_NUMBERS)
    db.execute("SELECT DISTINCT id_number FROM numbers WHERE is_odd")
    read = ((text, *_number_facts(text)) for (text,) in db.fetchall())
    _insert(db, "odd_numbers", ("text", "number", "proven", "birth_on", "sex"), read)


def _number_facts(text: str) -> tuple[Any, ...]:
    read = read_id(text)
    return read.number, "true" if read.proven else "false", _iso(read.birth_on), read.sex


def _read_names(db: Connection) -> None:
    """Each name once: those of two to four common characters are put together from their characters' readings."""
    known = readings()
    marks = (
        (mark, pinyin_keys(mark)[0], sound, usual_name(mark)) for mark, sound in known.items() if "一" <= mark <= "鿿"
    )
    _insert(db, "marks", ("mark", "first_sound", "sound", "usual"), marks)
    doubles = ", ".join(f"'{surname}'" for surname in double_surnames())
    db.execute(
        "CREATE TABLE plain_names AS SELECT w.name, w.many, "  # noqa: S608 - tables and columns of our own
        f"CASE WHEN length(w.name) BETWEEN 2 AND 4 AND w.name[1:2] NOT IN ({doubles}) "
        "AND (m3.mark IS NOT NULL OR length(w.name) < 3) AND (m4.mark IS NOT NULL OR length(w.name) < 4) "
        "THEN m1.first_sound || m2.sound || coalesce(m3.sound, '') || coalesce(m4.sound, '') END AS sound, "
        "m1.usual || m2.usual || coalesce(m3.usual, '') || coalesce(m4.usual, '') AS usual "
        "FROM (SELECT name, count(*) AS many FROM written WHERE name IS NOT NULL GROUP BY name) w "
        "LEFT JOIN marks m1 ON m1.mark = w.name[1:1] LEFT JOIN marks m2 ON m2.mark = w.name[2:2] "
        "LEFT JOIN marks m3 ON m3.mark = w.name[3:3] LEFT JOIN marks m4 ON m4.mark = w.name[4:4]"
    )
    db.execute("SELECT name, many::VARCHAR FROM plain_names WHERE sound IS NULL")
    odd = ((text, many, *read_name(text)) for text, many in db.fetchall())
    _insert(db, "odd_names", ("text", "many", "name", "usual", "sound"), odd)
    db.execute(
        "CREATE TABLE names AS SELECT *, sum(many) OVER (PARTITION BY sound) AS alike, length(usual) AS name_length, "
        "unicode(usual[1:1]) AS usual_1, unicode(usual[2:2]) AS usual_2, unicode(usual[3:3]) AS usual_3, "
        "hash(usual[4:]) AS usual_rest FROM ("
        "SELECT name AS text, name, many, usual, sound FROM plain_names WHERE sound IS NOT NULL "
        "UNION ALL SELECT text, name, many::BIGINT, usual, sound FROM odd_names WHERE sound IS NOT NULL)"
    )


def _class_sql(share: str, classes: tuple[tuple[float, float], ...]) -> str:
    last = len(classes) - 1
    arms = " ".join(f"WHEN {share} >= {least!r}::DOUBLE THEN {last - at}" for at, (least, _) in enumerate(classes))
    return f"CASE {arms} END"


# What is only asked whether it is the same is compared as a number.
_CODES = ", ".join(
    f"CASE WHEN {field} IS NOT NULL THEN hash({field}) END AS {field}_code"
    for field in ("name", "usual", "sound", "phone", "unit")
)


def _facts_sql(records: int) -> str:
    """One row per record: what is compared, how common it is, and the keys that candidates are found by."""
    name = _class_sql(f"((alike + {KNOWN_BESIDE * USUAL_SHARE!r}) / ({records} + {KNOWN_BESIDE}))", NAME_CLASSES)
    unit = _class_sql(f"(unit_many / {max(records, 1)})", UNIT_CLASSES)
    return f"""
CREATE TABLE people AS WITH facts AS (
  SELECT w.rowid AS n, w.key, s.* EXCLUDE (text, many),
    coalesce(i.number, x.number) AS id_number, coalesce(i.proven OR x.proven = 'true', false) AS proven,
    CASE WHEN p.text IS NULL THEN w.phone ELSE p.read END AS phone,
    coalesce(CASE WHEN i.passes THEN i.day WHEN x.sex IS NOT NULL THEN x.birth_on::DATE END, d.read::DATE, i.day,
      x.birth_on::DATE) AS birth_on,
    coalesce(CASE WHEN i.passes THEN CASE WHEN i.is_male THEN 'male' ELSE 'female' END ELSE x.sex END, g.read) AS sex,
    u.read AS unit
  FROM written w LEFT JOIN numbers i ON i.row = w.rowid LEFT JOIN names s ON s.text = w.name
    LEFT JOIN odd_numbers x ON i.is_odd AND x.text = i.id_number
    LEFT JOIN phones p ON p.text = w.phone LEFT JOIN sexes g ON g.text = w.sex
    LEFT JOIN days d ON d.text = w.birth_on LEFT JOIN units u ON u.text = w.unit
), offices AS (SELECT phone, count(*) AS many FROM facts WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > {OWN_PHONE}),
fillers AS (SELECT id_number FROM facts WHERE id_number IS NOT NULL GROUP BY id_number HAVING count(*) > {MOST_OF_ONE_ID}),
counted AS (SELECT unit, count(*) AS unit_many FROM facts WHERE unit IS NOT NULL GROUP BY unit),
known AS (
  SELECT f.* REPLACE (
      CASE WHEN c.id_number IS NULL THEN f.id_number END AS id_number, f.proven AND c.id_number IS NULL AS proven,
      CASE WHEN coalesce(o.many, 0) <= {FAMILY_PHONE} THEN f.phone END AS phone),
    coalesce({name}, 0) AS name_share, CASE WHEN o.many IS NULL THEN 0 ELSE 1 END AS phone_share,
    coalesce({unit}, 0) AS unit_share
  FROM facts f LEFT JOIN offices o ON o.phone = f.phone LEFT JOIN fillers c ON c.id_number = f.id_number
    LEFT JOIN counted e ON e.unit = f.unit
)
SELECT *, CASE WHEN proven THEN hash(id_number) END AS paper, {_CODES},
  CASE WHEN id_number IS NOT NULL THEN hash(id_number) END AS by_number,
  CASE WHEN phone IS NOT NULL AND sound IS NOT NULL THEN hash(phone, sound) END AS by_phone,
  CASE WHEN birth_on IS NOT NULL AND sound IS NOT NULL THEN hash(birth_on, sound) END AS by_birth,
  CASE WHEN id_number IS NOT NULL AND sound IS NOT NULL THEN hash(id_number[:9], sound) END AS by_head,
  CASE WHEN id_number IS NOT NULL THEN hash(id_number[-9:]) END AS by_tail
FROM known
"""  # noqa: S608 - tables and columns of our own
