"""Two logins of one person (两个账号): one stays, the other is closed with its sessions."""

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.sessions import end_sessions
from niangjia.registers.members.merging.ledger import Ledger
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER

TABLE = "access_account"
# An undoing cares for whose it is, and whether it may sign in; not for when it last did.
MATTERS = frozenset({"subject_id", "is_active"})
QUIET = tuple(str(field.column) for field in Account._meta.concrete_fields if field.column not in MATTERS)  # noqa: SLF001


def accounts_of(subjects: tuple[int, int]) -> dict[int, Account]:
    """The logins of both records, by record."""
    return {account.subject_id or 0: account for account in Account.objects.filter(subject__in=subjects)}


def has_work(account: Account) -> bool:
    """Whether a login holds a right of work: it is not closed by the way."""
    held = Grant.objects.filter(in_force(clock.today()), account=account)
    return held.exclude(role=Role.WORKER.value).exists()


def leaving(merge: Merge) -> Account | None:
    """The login that would be closed; None where there are not two."""
    found = accounts_of((merge.kept_id, merge.gone_id))
    if len(found) < len((merge.kept_id, merge.gone_id)):
        return None
    return found[merge.gone_id if _signs_in_as_kept(merge) else merge.kept_id]


def merge_logins(ledger: Ledger, merge: Merge) -> None:
    """The one that stays is hers; the other may sign in no more."""
    found = accounts_of((merge.kept_id, merge.gone_id))
    kept, gone = found.get(merge.kept_id), found.get(merge.gone_id)
    if gone is None:
        return
    if kept is None:
        _belongs(ledger, gone, merge.kept_id)
        return
    closed = gone
    if not _signs_in_as_kept(merge):
        closed = kept
        _belongs(ledger, kept, None)
        _belongs(ledger, gone, merge.kept_id)
        _belongs(ledger, kept, merge.gone_id)
    ledger.change(TABLE, closed.pk, {"is_active": False}, quiet=QUIET)
    end_sessions(closed, by=Actor.operator())


def _belongs(ledger: Ledger, account: Account, subject_id: int | None) -> None:
    ledger.change(TABLE, account.pk, {"subject_id": subject_id}, quiet=QUIET)


def _signs_in_as_kept(merge: Merge) -> bool:
    return merge.signs_in in ("", merge.picks.get(NUMBER, LEFT))
