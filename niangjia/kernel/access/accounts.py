"""Keep accounts (账号管理): the system administrator opens and switches off, the security administrator unlocks and renews."""

from collections.abc import Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.passwords import LINKS
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import GUARD_ACCOUNTS, MANAGE_ACCOUNTS, SEE_ACCOUNTS, Actor, Move, Role
from niangjia.kernel.access.services import NotGranted, check, new_account, take_back
from niangjia.kernel.access.sessions import end_sessions
from niangjia.kernel.access.tries import forget
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place


def visible_to(actor: Actor) -> QuerySet[Account]:
    """Accounts of work at or below the actor's places, each with its rights in force as `rights_now`."""
    return of_move(actor, SEE_ACCOUNTS)


def of_move(actor: Actor, move: Move) -> QuerySet[Account]:
    """The accounts with which an actor may do something: opened there, or with a right of work there. Workers' are not."""
    paths = actor.paths(move)
    at_work = Grant.objects.filter(account=OuterRef("pk"), revoked_at=None).exclude(role=Role.WORKER.value)
    rights = Grant.objects.filter(in_force(clock.today())).select_related("place").order_by("id")
    return (
        Account.objects.filter(
            within(paths, field="place__path") | Exists(at_work.filter(within(paths, field="place__path")))
        )
        .filter(Q(place__isnull=False) | Exists(at_work))
        .select_related("place")
        .prefetch_related(Prefetch("grants", queryset=rights, to_attr="rights_now"))
    )


def rights_of(account: Account, actor: Actor) -> Sequence[Grant]:
    """The rights of an account that are not over, as far as they lie in the actor's places."""
    still = Q(revoked_at=None) & (Q(valid_to=None) | Q(valid_to__gte=clock.today()))
    seen = within(actor.paths(SEE_ACCOUNTS), field="place__path")
    found = Grant.objects.filter(still & seen, account=account)
    return list(found.select_related("place", "given_by", "delegated_from").order_by("id"))


@transaction.atomic
def open_at_desk(login: str, *, name: str, post: str, at: Place, by: Actor) -> tuple[Account, str]:
    """Open an account without any right (开通账号); the security administrator gives those. Answers its first password."""
    check(by, MANAGE_ACCOUNTS, at.path)
    return new_account(login, name=name, post=post, at=at, by=by)


@transaction.atomic
def switch_off(account: Account, *, by: Actor) -> None:
    """Switch an account off (停用) at once: its sessions end, and so does what it delegated."""
    account = _held(account, MANAGE_ACCOUNTS, by=by)
    if account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"])
        _tell("switch_off_account", account, by=by)
        for grant in Grant.objects.filter(delegated_from__account=account, revoked_at=None):
            take_back(grant, by=by)
        end_sessions(account, by=by)


@transaction.atomic
def switch_on(account: Account, *, by: Actor) -> None:
    """Switch an account on again (启用)."""
    account = _held(account, MANAGE_ACCOUNTS, by=by)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        _tell("switch_on_account", account, by=by)


@transaction.atomic
def password_link(account: Account, *, by: Actor) -> str:
    """Make a link for setting a password (设密码链接): what was the password, and every link before, ends here."""
    account = _held(account, MANAGE_ACCOUNTS, by=by)
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_sessions(account, by=by)
    _tell("make_password_link", account, by=by)
    return LINKS.make_token(account)


@transaction.atomic
def unlock(account: Account, *, by: Actor) -> None:
    """Open an account that wrong tries locked (解锁) before its time."""
    account = _held(account, GUARD_ACCOUNTS, by=by)
    forget(account.login)
    _tell("unlock_account", account, by=by)


@transaction.atomic
def renew_second_factor(account: Account, *, by: Actor) -> None:
    """A lost phone: end the second factor and all sessions; the next sign-in sets up a new one. The owner reads of it."""
    account = _held(account, GUARD_ACCOUNTS, by=by)
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account, by=by)
    _tell("renew_second_factor", account, by=by)


@transaction.atomic
def sign_out_everywhere(account: Account, *, by: Actor) -> None:
    """End all sessions of somebody else's account (全部退出)."""
    end_sessions(_held(account, GUARD_ACCOUNTS, by=by), by=by)


def has_valid_rights(account: Account, *, on: date) -> bool:
    """Whether the account has any right on a day."""
    return Grant.objects.filter(in_force(on), account=account).exists()


def _held(account: Account, move: Move, *, by: Actor) -> Account:
    """The account, locked, where the actor may do this with it; nobody does it with her own."""
    if account.pk == by.account_id:
        raise NotGranted(Reason("own_account", _OWN, {}))
    scope = of_move(by, move).order_by().prefetch_related(None).filter(pk=account.pk)
    check(by, move, scope_path(by, move) if scope.exists() else "-")
    return Account.objects.select_for_update().get(pk=account.pk)


def scope_path(actor: Actor, move: Move) -> str:
    """A path where the actor may do this, if there is one."""
    return next(iter(actor.paths(move)), "-")


def _tell(verb: str, account: Account, *, by: Actor) -> None:
    home = account.place
    place = (home.city, home.pk) if home else None
    record(verb, by=by, thing="account", thing_id=account.pk, place=place)


_OWN = gettext_noop("不能办自己的账号。请另一位管理员来办。")
_DEMO = gettext_noop("演示账号是大家共用的，密码和动态码不能换。")
