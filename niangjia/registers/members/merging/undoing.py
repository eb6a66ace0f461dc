"""Take a merge apart again (撤销合并): both records exactly as they were, or a list of what stands against it; and object to one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.sealed import seal
from niangjia.registers.members.merging.carrying import PERSON, SUBJECT
from niangjia.registers.members.merging.declared import parts
from niangjia.registers.members.merging.ledger import Ledger, opened, rewriting
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.queries import of_her, visible_to
from niangjia.registers.members.merging.rules.deciding import PairState
from niangjia.registers.members.merging.rules.sealed_columns import SEALED_OBJECTION, SEALED_TOUCHED
from niangjia.registers.members.merging.telling import tell_desk, tell_her

BIGGEST_OBJECTION = 500


@transaction.atomic
def undo_merge(merge_id: int, *, by: Actor, at: datetime) -> Merge:
    """Both records as they were before; refused with what has changed since."""
    merge = _made(merge_id, by=by)
    with beyond(Purpose.MERGE):
        list(Subject.objects.select_for_update().filter(pk__in=(merge.kept_id, merge.gone_id)).order_by("pk"))
        if merge.touched_sealed is None:
            raise NotMade(Reason("erased", _ERASED, {}))
        _no_later_one(merge)
        ledger = opened(bytes(merge.touched_sealed), aad=f"{SEALED_TOUCHED}.{merge.pk}")
        _nothing_changed(ledger)
        _put_back(ledger)
        merge.undone_at, merge.undone_by_id = at, by.account_id
        merge.touched_sealed = None
        merge.save(update_fields=["undone_at", "undone_by", "touched_sealed"])
        pair = merge.pair
        pair.state, pair.settled_at, pair.settled_by = PairState.OPEN, None, None
        pair.save(update_fields=["state", "settled_at", "settled_by"])
        place = (merge.city, pair.place_id)
        detail = {"gone": merge.gone_id, "case": merge.case.number}
        record("undo_merge", by=by, thing="person", thing_id=merge.kept_id, place=place, detail=detail)
        tell_her("merge_undone", merge)
    return merge


@transaction.atomic
def object_to_merge(merge_id: int, says: str, *, by: Actor, at: datetime) -> Merge:
    """She says that they are two people (不同意合并): the union hears of it, and may take it apart."""
    found = of_her(by).filter(pk=merge_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    text = says.strip()[:BIGGEST_OBJECTION]
    with beyond(Purpose.MERGE):
        merge = Merge.objects.select_for_update(of=("self",)).select_related("case").get(pk=found)
        if merge.objected_at is not None:
            raise NotMade(Reason("objected_already", _OBJECTED, {}))
        merge.objected_at = at
        merge.objection_sealed = seal(text, aad=f"{SEALED_OBJECTION}.{merge.pk}") if text else None
        merge.save(update_fields=["objected_at", "objection_sealed"])
    place = (merge.city, merge.case.place_id)
    record("object_merge", by=by, thing="person", thing_id=merge.kept_id, place=place)
    tell_desk(merge)
    return merge


def _made(merge_id: int, *, by: Actor) -> Merge:
    """The merge, held, where the actor keeps the members; `Forbidden` looks like a page that is not there."""
    found = Merge.objects.filter(pk=merge_id, pair__in=visible_to(by)).values_list("pk", flat=True).first()
    if found is None or (by.subject_id is not None and by.subject_id == _kept_of(merge_id)):
        raise Forbidden("out_of_scope")
    with beyond(Purpose.MERGE):
        merge = Merge.objects.select_for_update(of=("self",)).select_related("pair", "case").get(pk=found)
    if merge.merged_at is None or merge.undone_at is not None:
        raise NotMade(Reason("not_merged", _NOT_MERGED, {}))
    return merge


def _kept_of(merge_id: int) -> int | None:
    return Merge.objects.filter(pk=merge_id).values_list("kept_id", flat=True).first()


def _no_later_one(merge: Merge) -> None:
    """Merges that lie one on another are taken apart from above."""
    later = Merge.objects.filter(merged_at__gt=merge.merged_at, undone_at=None)
    if later.filter(kept=merge.kept_id).exists() or later.filter(gone=merge.kept_id).exists():
        raise NotMade(Reason("merged_again", _LATER, {}))


def _nothing_changed(ledger: Ledger) -> None:
    changed = ledger.changed_since()
    keys = [each.before.get("key_blind") for each in ledger.touched if each.table == SUBJECT]
    numbers = [bytes.fromhex(key.removeprefix("\\x")) for key in keys if key]
    if Subject.objects.filter(key_blind__in=numbers).exists():
        changed.append(PERSON)
    if changed:
        raise NotMade(Reason("changed_since", _CHANGED, {"what": _said(changed)}))


def _said(tables: list[str]) -> str:
    """The tables as people call them, each with how many rows."""
    models = {part.table: part.model for part in parts()}
    titles = {table.model: table.title for table in personal_tables()}
    words = []
    for table in dict.fromkeys(tables):
        title = titles.get(models.get(table, ""), "")
        words.append(f"{_(title) if title else table} {tables.count(table)}")
    return _("、").join(words)


def _put_back(ledger: Ledger) -> None:
    """Rows that are written once go back to whose they were, too."""
    with rewriting(*((part.table, part.opens) for part in parts() if part.opens)):
        ledger.put_back()


_ERASED = gettext_noop("本人的资料已经删除，合并以前的样子没有了，不能再撤销。")
_LATER = gettext_noop("这份登记后来又和别的登记合并过。先撤销后来的那一次。")
_CHANGED = gettext_noop("合并以后这些又改过，不能原样恢复：{what}。请到会员页面逐项改，或者先把它们改回去。")
_NOT_MERGED = gettext_noop("这两份登记现在没有合在一起，请刷新看看。")
_OBJECTED = gettext_noop("您已经说过不同意了，工会会核对。")
