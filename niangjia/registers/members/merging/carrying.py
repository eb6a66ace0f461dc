"""A merge that a second person agreed to is carried out (合并), whole or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.models import Subject
from niangjia.kernel.sealed import seal
from niangjia.registers.members.masked import number_of, phone_of
from niangjia.registers.members.merging.declared import Does, Part, parts
from niangjia.registers.members.merging.ledger import Ledger, rewriting
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.proposing import looked_at
from niangjia.registers.members.merging.rules.deciding import FIELDS, IN_THE_NUMBER, NUMBER, PairState
from niangjia.registers.members.merging.rules.joining import Fitted, Held, fitted
from niangjia.registers.members.merging.rules.sealed_columns import SEALED_PHONE as SEALED_GONE_PHONE
from niangjia.registers.members.merging.rules.sealed_columns import SEALED_TOUCHED
from niangjia.registers.members.merging.rules.workflow import AGREE, AGREE_PAPERS, MERGED
from niangjia.registers.members.merging.telling import tell_her
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind, MembershipState
from niangjia.registers.members.rules.naming import name_keys
from niangjia.registers.members.rules.sealed_columns import SEALED_PHONE
from niangjia.registers.members.tails import key_of_number

PERSON, MEMBERSHIP, SUBJECT = "members_person", "members_membership", "people_subject"
NO_MEMBER = (MembershipState.APPLICANT.value, MembershipState.REJECTED.value)


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of a merge that was pressed; agreed to, it is carried out in the same transaction."""
    merge = Merge.objects.select_related("pair__place", "case").get(pk=case_id)
    if pressed.by.subject_id is not None and pressed.by.subject_id in (merge.kept_id, merge.gone_id):
        raise Forbidden("own_case")
    if move in (AGREE, AGREE_PAPERS):
        with beyond(Purpose.MERGE):
            looked_at(merge, by=pressed.by)
    case = press(case_id, move, pressed)
    case.refresh_from_db()
    if case.stage == MERGED:
        _carry_out(merge, pressed)
    return case


@beyond(Purpose.MERGE)
def _carry_out(merge: Merge, pressed: Pressed) -> None:
    kept, gone = _two(merge)
    ledger = Ledger()
    for part in parts():
        _do(part, ledger, merge)
    _join_memberships(ledger, merge)
    changed = _picked(merge, kept, gone)
    if changed:
        ledger.change(PERSON, kept.pk, changed, key="subject_id")
    ledger.change(SUBJECT, gone.pk, {"key_blind": None})
    ledger.remove(PERSON, gone.pk, key="subject_id")
    _nothing_is_left()
    confirmed = phone_of(gone) if gone.phone_confirmed_at else ""
    merge.touched_sealed = ledger.sealed(aad=f"{SEALED_TOUCHED}.{merge.pk}")
    merge.phone_sealed = seal(confirmed, aad=f"{SEALED_GONE_PHONE}.{merge.pk}") if confirmed else None
    merge.merged_at, merge.author = pressed.at, pressed.by.words
    merge.save(update_fields=["touched_sealed", "phone_sealed", "merged_at", "author"])
    _settle(merge, pressed.by)


def _settle(merge: Merge, by: Actor) -> None:
    pair = merge.pair
    pair.state, pair.settled_at, pair.settled_by_id = PairState.MERGED, merge.merged_at, by.account_id
    pair.save(update_fields=["state", "settled_at", "settled_by"])
    detail = {"gone": merge.gone_id, "reason": merge.reason, "case": merge.case.number}
    place = (merge.city, pair.place_id)
    record("merge_members", by=by, thing="person", thing_id=merge.kept_id, place=place, detail=detail)
    tell_her("merge_made", merge)


def _two(merge: Merge) -> tuple[Person, Person]:
    """Both records, held, and as they were looked at."""
    ends = sorted((merge.kept_id, merge.gone_id))
    list(Subject.objects.select_for_update().filter(pk__in=ends).order_by("pk"))
    found = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=ends).order_by("pk")}
    kept, gone = found.get(merge.kept_id), found.get(merge.gone_id)
    if kept is None or gone is None or kept.erased_at or gone.erased_at:
        raise NotMade(Reason("record_gone", _GONE, {}))
    if (kept.revision, gone.revision) != (merge.kept_seen, merge.gone_seen):
        raise NotMade(Reason("changed_since", _CHANGED, {}))
    return kept, gone


def _do(part: Part, ledger: Ledger, merge: Merge) -> None:
    """What one slice said of its rows."""
    if part.service:
        import_string(part.service)(ledger, merge)
    elif part.does is Does.GOES:
        for row in ledger.rows(part.table, part.column, merge.gone_id):
            ledger.remove(part.table, row["id"])
    elif part.does is Does.MOVES and part.opens:
        with rewriting((part.table, part.opens)):
            _move(part, ledger, merge)
    elif part.does is Does.MOVES:
        _move(part, ledger, merge)


def _move(part: Part, ledger: Ledger, merge: Merge) -> None:
    key = str(part.of._meta.pk.column)  # noqa: SLF001 - Django's own way to know a table
    hers = ledger.rows(part.table, part.column, merge.kept_id) if part.clash else []
    taken = {tuple(row[name] for name in part.clash) for row in hers}
    for row in ledger.rows(part.table, part.column, merge.gone_id):
        clashes = part.clash and tuple(row[name] for name in part.clash) in taken
        if not clashes:
            ledger.change(part.table, row[key], {part.column: merge.kept_id}, key=key, quiet=part.quiet)
        elif part.clashing is Does.GOES:
            ledger.remove(part.table, row[key], key=key)


def _join_memberships(ledger: Ledger, merge: Merge) -> None:
    """One after the other: first all are cut, so that the database never sees two, then all are hers."""
    ends = (merge.kept_id, merge.gone_id)
    rows = {each.pk: each for each in Membership.objects.filter(person__in=ends).order_by("pk")}
    real = [each for each in rows.values() if each.state not in NO_MEMBER and each.period.lower is not None]
    lasts = [each.pk for each in real if each.period.upper is None and each.state in HOLDING]
    goes_on = merge.goes_on if merge.goes_on in lasts else next(iter(lasts), None)
    found = fitted([Held(each.pk, each.period.lower, each.period.upper) for each in real], goes_on=goes_on)
    gone = {each.pk for each in found if each.is_gone}
    for each in sorted(found, key=lambda one: not one.is_gone):
        _fit(ledger, each, rows[each.pk])
    for pk, row in rows.items():
        if pk not in gone and row.person_id == merge.gone_id:
            ledger.change(MEMBERSHIP, pk, {"person_id": merge.kept_id})


def _fit(ledger: Ledger, cut: Fitted, row: Membership) -> None:
    if cut.is_gone:
        ledger.remove(MEMBERSHIP, cut.pk)
        return
    if (cut.since, cut.until) == (row.period.lower, row.period.upper):
        return
    values: dict[str, Any] = {"period": DateRange(cut.since, cut.until)}
    if cut.is_ended:
        values["state"] = MembershipState.TRANSFERRED.value
    ledger.change(MEMBERSHIP, cut.pk, values)


def _picked(merge: Merge, kept: Person, gone: Person) -> Mapping[str, Any]:
    """What the record that stays takes from the other."""
    side = merge.picks[NUMBER]
    taken = [name for name in FIELDS if merge.picks.get(name, side) != side]
    if IdKind(kept.id_kind) in READ_LIKE_ID_CARD:
        taken = [name for name in taken if name not in IN_THE_NUMBER]
    values: dict[str, Any] = {name: getattr(gone, name) for name in taken if name not in ("name", "phone")}
    if "name" in taken:
        sort, keys = name_keys(gone.name)
        found_by = [*keys, key_of_number(number_of(kept))]
        values |= {"name": gone.name, "name_sort": sort, "name_keys": found_by}
    if "phone" in taken:
        phone = phone_of(gone)
        sealed = seal(phone, aad=f"{SEALED_PHONE}.{kept.pk}") if phone else None
        values |= {
            "phone_sealed": sealed,
            "phone_blind": gone.phone_blind,
            "phone_confirmed_at": gone.phone_confirmed_at,
        }
    return values


def _nothing_is_left() -> None:
    """What a slice forgot to say stands against it now, and not when everything is written."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


_GONE = gettext_noop("其中一份登记已经不在了。请不同意这一件，回到列表再看。")
_CHANGED = gettext_noop("提请合并以后，其中一份登记改过。请不同意这一件，由经办人看过现在的内容再提。")
