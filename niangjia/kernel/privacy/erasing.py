"""Erase what is held about a person (删除): her values go, a pseudonym stays in the books, the journal keeps bare numbers."""

import secrets

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.asking import NotAsked, held_request, mark_done
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.models import Erasure, RightsRequest
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.rules import PSEUDONYM_LENGTH, Leaving, RequestKind, Standing, pseudonym, why_not_erase


@transaction.atomic
def carry_out(request_id: int, *, by: Actor) -> Erasure:
    """Carry an erasure out (办理删除): the second person of two; `NotAsked` with the reason where it may not be."""
    asked = held_request(request_id, RequestKind.ERASE, by=by)
    with beyond(Purpose.OWN_DATA):
        Subject.objects.select_for_update().get(pk=asked.subject_id)
    standing = standing_of(asked.subject_id)
    reason = why_not_erasable(asked, standing, by=by)
    if reason is not None:
        raise NotAsked(reason)
    mark_done(asked, by=by)
    with beyond(Purpose.OWN_DATA):
        return _erase(standing, by=by)


def why_not_erasable(asked: RightsRequest, standing: Standing, *, by: Actor) -> Reason | None:
    """None where this actor may carry it out now, else why not."""
    by_actor = asked.recorded_by_id is not None and asked.recorded_by_id == by.account_id
    return why_not_erase(against=standing.against, recorded_by_actor=by_actor)


def _erase(standing: Standing, *, by: Actor) -> Erasure:
    leaving = Leaving(standing.subject_id, standing.city, _drawn_pseudonym(), standing.words)
    rows = {table.model: table.erase(leaving) for table in personal_tables() if not isinstance(table.erase, str)}
    touched = {model: count for model, count in rows.items() if count}
    erasure = Erasure.objects.create(
        subject_id=leaving.subject_id,
        city=leaving.city,
        place_id=standing.place_id,
        pseudonym=leaving.pseudonym,
        at=clock.now(),
        carried_out_by=Account.objects.filter(pk=by.account_id or 0).first(),
        rows=touched,
    )
    place = (standing.city, standing.place_id) if standing.place_id else None
    record("erase_person", by=by, thing="person", thing_id=leaving.subject_id, place=place, detail={"rows": touched})
    return erasure


def _drawn_pseudonym() -> str:
    """A pseudonym that nobody has yet; it is drawn, for whatever is computed from a person could be computed again."""
    while True:
        drawn = pseudonym(tuple(secrets.randbelow(1 << 16) for _ in range(PSEUDONYM_LENGTH)))
        if not Erasure.objects.filter(pseudonym=drawn).exists():
            return drawn


@transaction.atomic
def close_account(*, by: Actor) -> None:
    """Close one's own account (注销账号): signed out everywhere, the login forgotten; the membership is not touched."""
    account = Account.objects.select_for_update().get(pk=by.account_id or 0)
    reason = why_not_close(by)
    if reason is not None:
        raise NotAsked(reason)
    close(account)
    record("close_account", by=by, thing="account", thing_id=account.pk)


def why_not_close(by: Actor) -> Reason | None:
    """None where the account may be closed: who holds a post gives the rights back first."""
    held = Account.objects.get(pk=by.account_id or 0).grants.filter(revoked_at=None).exclude(role="worker")
    in_force = held.exclude(valid_to__lt=clock.today())
    return Reason("holds_a_post", _HOLDS_A_POST, {}) if in_force.exists() else None


def close(account: Account) -> None:
    """Empty an account and switch it off; its number stays, for the journal names it."""
    account.login, account.name = f"closed-{account.pk}", CLOSED_NAME
    account.post = account.email = ""
    account.is_active, account.last_login = False, None
    account.set_unusable_password()  # every open session ends with the password it was opened by
    account.save()
    with beyond(Purpose.OWN_DATA):
        account.grants.filter(revoked_at=None).update(revoked_at=clock.now())


CLOSED_NAME = "已注销"
_HOLDS_A_POST = gettext_noop("您还担任工会职务。请先请安全管理员收回授权，再注销账号。")
