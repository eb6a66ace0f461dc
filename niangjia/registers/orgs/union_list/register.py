"""What the register knows of the unions that a list speaks of."""

from collections.abc import Iterable, Iterator, Sequence

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import UnionKind, tidy_credit_code
from niangjia.registers.orgs.rules.moves import IMPORT_UNIONS
from niangjia.registers.orgs.union_list.columns import Line
from niangjia.registers.orgs.union_list.deciding import Known, Register

ASKED_AT_ONCE = 10_000
COLUMNS = (
    "pk",
    "code",
    "name",
    "place__level",
    "kind",
    "place__parent__union__code",
    "place__second_parent__union__code",
    "uscc",
    "region_code",
    "place__path",
    "city",
    "place__closed_on",
    "is_preparing",
)


def register_for(lines: Iterable[Line], *, by: Actor) -> Register:
    """The unions named by the list, those above them, and the owners of the credit codes it gives."""
    given = list(lines)
    codes = {code for line in given for code in (line.code, line.parent, line.second_parent) if code}
    unions = {known.code: known for known in _known("code", codes)}
    ids = {known.id for known in unions.values()}
    above = {pk for known in unions.values() for pk in ids_of(known.path)} - ids
    unions |= {known.code: known for known in _known("pk", above)}
    beside = {known.second_parent for known in unions.values()} - {"", *unions}
    unions |= {known.code: known for known in _known("code", beside)}
    credit_codes = {tidy_credit_code(line.uscc) for line in given if line.uscc}
    paths = by.paths(IMPORT_UNIONS)
    return Register(
        unions=unions,
        code_of_uscc={known.uscc: known.code for known in _known("uscc", credit_codes)},
        may_change=lambda path: any(path.startswith(own) for own in paths),
        may_have_roots="" in paths,
    )


def _known(field: str, wanted: set[int] | set[str]) -> Iterator[Known]:
    keys: Sequence[int | str] = list(wanted)
    for start in range(0, len(keys), ASKED_AT_ONCE):
        asked = keys[start : start + ASKED_AT_ONCE]
        for row in Union.objects.filter(**{f"{field}__in": asked}).values_list(*COLUMNS):
            pk, code, name, level, kind, parent, second_parent, uscc, region, path, city, closed_on, preparing = row
            yield Known(
                id=pk,
                code=code,
                name=name,
                level=Level(level),
                kind=UnionKind(kind),
                parent=parent or "",
                second_parent=second_parent or "",
                uscc=uscc or "",
                region=region,
                path=path,
                city=city,
                is_open=closed_on is None,
                is_preparing=preparing,
            )
