"""From the file into a staging table of this import: read once, checked once, sealed before it leaves the program.

The staging tables are unlogged and hold no number in clear: a crash of the server empties them, and the import reads
its file again; the register itself is written only by `applying`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from niangjia.kernel.intake.sheets import NumberedRow
from niangjia.kernel.sealed import BulkBlind, BulkSealer
from niangjia.registers.members.roster.checking import CheckedRow, Member, RowChecker, RowRemark
from niangjia.registers.members.rules.naming import name_keys
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, SEALED_ID, SEALED_PHONE, real_name
from niangjia.registers.members.tails import key_of_number

STAGED_COLUMNS = (
    "seq", "row_no", "subject_id", "key_blind", "name", "name_sort", "name_keys", "id_kind", "id_sealed", "phone_blind",
    "phone_sealed", "sex", "birth_on", "ethnicity", "political", "education", "household_registration", "migrant",
    "employment", "workplace", "title", "skill", "occupation", "union_id", "names_union", "joined_on", "member_no",
    "says", "is_bad",
)  # fmt: skip

CREATE = """
CREATE UNLOGGED TABLE {rows} (
  seq bigint NOT NULL, row_no bigint NOT NULL, subject_id bigint, key_blind bytea, name text, name_sort text,
  name_keys text[], id_kind text, id_sealed bytea, phone_blind bytea, phone_sealed bytea, sex text, birth_on date,
  ethnicity text, political text, education text, household_registration text, migrant boolean, employment text,
  workplace text, title text, skill text, occupation text, union_id bigint, names_union boolean, joined_on date,
  member_no text, says bigint, is_bad boolean NOT NULL
) WITH (autovacuum_enabled = off);
CREATE UNLOGGED TABLE {remarks} (
  seq bigint NOT NULL, row_no bigint NOT NULL, field text NOT NULL, outcome text NOT NULL, code text NOT NULL,
  sentence text NOT NULL, "values" jsonb NOT NULL, name text NOT NULL, shown text NOT NULL
) WITH (autovacuum_enabled = off);
"""
DROP = "DROP TABLE IF EXISTS {rows}, {remarks}, {twice}"

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


@dataclass(frozen=True)
class Staging:
    """Names of one import's staging tables."""

    import_id: int

    @property
    def names(self) -> dict[str, sql.Identifier]:
        """The tables as identifiers to be put into statements."""
        return {part: sql.Identifier("staging", f"{part}_{self.import_id}") for part in ("rows", "remarks", "twice")}

    def statement(self, text: str) -> sql.Composed:
        """A statement over these tables."""
        return sql.SQL(text).format(**self.names)

    def create(self) -> None:
        """Make the tables anew; what an interrupted reading left goes away."""
        self.drop()
        execute(self.statement(CREATE))

    def drop(self) -> None:
        """The register has it all, or nobody wants it."""
        execute(self.statement(DROP))

    def holds(self) -> int | None:
        """How many rows are staged; None where the tables are gone."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT to_regclass(%s), to_regclass(%s)",
                [f"staging.{part}_{self.import_id}" for part in ("rows", "twice")],
            )
            if None in cursor.fetchone():
                return None
        return int(execute(self.statement("SELECT count(*) FROM {rows}"))[0][0])


def execute(
    statement: sql.Composable, parameters: Mapping[str, Any] | Sequence[Any] | None = None
) -> list[tuple[Any, ...]]:
    """Run one statement on Django's connection, inside its transaction; answers the rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


@dataclass
class Loader:
    """Checks rows, seals what must be sealed, and copies them into staging."""

    staging: Staging
    checker: RowChecker
    _seq: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Prepare the keys once."""
        self._seal_id = BulkSealer(SEALED_ID).seal
        self._seal_phone = BulkSealer(SEALED_PHONE).seal
        self._blind_key = BulkBlind(REAL_NAME).index
        self._blind_phone = BulkBlind(PHONE).index

    def load(self, batch: list[NumberedRow]) -> int:
        """Stage one batch; answers how many rows it had."""
        lines: list[str] = []
        remarks: list[tuple[int, int, str, RowRemark]] = []
        for (row_no, cells), subject_id, seq in zip(batch, self._subject_ids(len(batch)), self._seq, strict=False):
            checked = self.checker.check(cells)
            lines.append(self._line(seq, row_no, subject_id, checked))
            remarks.extend((seq, row_no, checked.name, remark) for remark in checked.remarks)
        self._copy_rows(lines)
        self._copy_remarks(remarks)
        return len(batch)

    def _subject_ids(self, number: int) -> list[int]:
        """Fresh ids, one for each row: a sealed field is bound to the row it will lie in."""
        drawn = execute(
            sql.SQL("SELECT nextval(pg_get_serial_sequence('people_subject', 'id')) FROM generate_series(1, %s)"),
            [number],
        )
        return [row[0] for row in drawn]

    def _line(self, seq: int, row_no: int, subject_id: int, checked: CheckedRow) -> str:
        """One row in the text form of COPY."""
        member = checked.member
        key = checked.key
        key_blind = "\\\\x" + self._blind_key(real_name(*key)).hex() if key else NULL
        if member is None:
            blanks = "\t\\N" * 22
            return f"{seq}\t{row_no}\t\\N\t{key_blind}\t{_text(checked.name)}{blanks}\t\\N\tt\n"
        return f"{seq}\t{row_no}\t{subject_id}\t{key_blind}\t{self._member(member, subject_id)}\n"

    def _member(self, member: Member, subject_id: int) -> str:
        sort, keys = name_keys(member.name)
        phone_blind = phone_sealed = NULL
        if member.phone:
            phone_blind = "\\\\x" + self._blind_phone(member.phone).hex()
            phone_sealed = "\\\\x" + self._seal_phone(member.phone, subject_id).hex()
        id_sealed = self._seal_id(member.id_number, subject_id).hex()
        migrant = NULL if member.migrant is None else ("t" if member.migrant == "yes" else "f")
        return "\t".join(
            (
                _text(member.name), _text(sort), _array((*keys, key_of_number(member.id_number))), member.id_kind, "\\\\x" + id_sealed, phone_blind, phone_sealed,
                member.sex or NULL, str(member.birth_on or NULL), member.ethnicity or NULL, member.political or NULL,
                member.education or NULL, member.household_registration or NULL, migrant, member.employment or NULL,
                _text(member.workplace), _text(member.title), member.skill or NULL, member.occupation or NULL,
                str(member.union_id), "t" if member.names_union else "f", str(member.joined_on or NULL),
                _text(member.member_no), str(hash(member)), "f",
            )
        )  # fmt: skip

    def _copy_rows(self, lines: list[str]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, STAGED_COLUMNS))
        with connection.cursor() as cursor:
            statement = self.staging.statement("COPY {rows} (") + names + sql.SQL(") FROM STDIN")
            with cursor.cursor.copy(statement) as copy:
                copy.write("".join(lines).encode("utf-8", "replace"))

    def _copy_remarks(self, remarks: Iterable[tuple[int, int, str, RowRemark]]) -> None:
        listed = list(remarks)
        if not listed:
            return
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(self.staging.statement("COPY {remarks} FROM STDIN")) as copy,
        ):
            for seq, row_no, name, remark in listed:
                outcome = "fault" if remark.is_fault else "warning"
                code, sentence, values = remark.reason
                shown = remark.shown[:64].replace("\x00", "")
                copy.write_row((seq, row_no, remark.field, outcome, code, sentence, Jsonb(values), name[:64], shown))


def _text(value: str | None) -> str:
    if value is None:
        return NULL
    return value if value.isalnum() else value.translate(_ESCAPES).replace("\x00", "")


def _array(keys: tuple[str, ...]) -> str:
    """A text array; the keys are letters and 汉字, anything else is quoted."""
    inner = ",".join(
        key if key.isalnum() else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in keys
    )
    return ("{" + inner + "}").translate(_ESCAPES)


# Faults that only the whole file shows. `twice` lists every row after the first good one of the same person.
TWICE = """
CREATE UNLOGGED TABLE {twice} WITH (autovacuum_enabled = off) AS
WITH repeated AS (
  SELECT key_blind FROM {rows} WHERE key_blind IS NOT NULL GROUP BY key_blind HAVING count(*) > 1
), judged AS (
  SELECT seq, row_no, name, says, is_bad, key_blind,
         min(nullif(name, '')) OVER person <> max(nullif(name, '')) OVER person AS two_names,
         first_value(row_no) OVER (PARTITION BY key_blind ORDER BY is_bad, seq) AS first_row,
         first_value(says) OVER (PARTITION BY key_blind ORDER BY is_bad, seq) AS first_says,
         row_number() OVER (PARTITION BY key_blind ORDER BY is_bad, seq) AS place
  FROM {rows} JOIN repeated USING (key_blind)
  WINDOW person AS (PARTITION BY key_blind)
)
SELECT seq, row_no, name, first_row,
       CASE WHEN two_names THEN 'same_id_two_names' WHEN says = first_says THEN 'unchanged' ELSE 'duplicate_differs' END AS verdict
FROM judged
WHERE NOT is_bad AND (two_names OR place > 1)
"""
MARK_TWICE = "UPDATE {rows} r SET is_bad = true FROM {twice} t WHERE t.seq = r.seq AND t.verdict <> 'unchanged'"
EXPLAIN_TWICE = """
INSERT INTO {remarks} (seq, row_no, field, outcome, code, sentence, "values", name, shown)
SELECT seq, row_no, 'id_number', 'fault', verdict,
       CASE verdict WHEN 'same_id_two_names' THEN %(two_names)s ELSE %(differs)s END,
       jsonb_build_object('first', first_row), name, ''
FROM {twice} WHERE verdict <> 'unchanged'
"""
SHARED_PHONES = """
WITH shared AS (
  SELECT phone_blind FROM {rows} WHERE phone_blind IS NOT NULL AND NOT is_bad GROUP BY phone_blind HAVING count(*) > 1
), owners AS (
  SELECT seq, row_no, name, phone_blind, dense_rank() OVER (PARTITION BY phone_blind ORDER BY key_blind)
    + dense_rank() OVER (PARTITION BY phone_blind ORDER BY key_blind DESC) - 1 AS people,
    min(row_no) OVER (PARTITION BY phone_blind) AS first_row
  FROM {rows} JOIN shared USING (phone_blind) WHERE NOT is_bad
)
INSERT INTO {remarks} (seq, row_no, field, outcome, code, sentence, "values", name, shown)
SELECT seq, row_no, 'phone', 'warning', 'phone_shared', %(sentence)s, jsonb_build_object('first', first_row), name, ''
FROM owners WHERE people > 1 AND row_no > first_row
"""


HIDDEN_ROWS = """
INSERT INTO {remarks} (seq, row_no, field, outcome, code, sentence, "values", name, shown)
SELECT seq, row_no, 'name', 'warning', 'hidden_row', %(sentence)s, '{{}}'::jsonb, coalesce(name, ''), ''
FROM {rows} WHERE row_no = ANY(%(hidden)s) AND NOT is_bad
"""


def judge_whole_file(staging: Staging, sentences: dict[str, str], *, hidden: frozenset[int]) -> None:
    """Find the people and phones that the file has more than once, and the rows nobody saw on the screen."""
    execute(staging.statement("CREATE INDEX ON {rows} (seq)"))
    execute(staging.statement("ANALYZE {rows} (seq, key_blind, phone_blind)"))
    execute(staging.statement(TWICE))
    execute(staging.statement(MARK_TWICE))
    execute(
        staging.statement(EXPLAIN_TWICE),
        {"two_names": sentences["same_id_two_names"], "differs": sentences["duplicate_differs"]},
    )
    execute(staging.statement(SHARED_PHONES), {"sentence": sentences["phone_shared"]})
    if hidden:
        execute(staging.statement(HIDDEN_ROWS), {"sentence": sentences["hidden_row"], "hidden": sorted(hidden)})
    execute(staging.statement("CREATE INDEX ON {remarks} (seq)"))
    execute(staging.statement("ANALYZE {remarks}"))
    execute(staging.statement("ANALYZE {twice}"))
