"""Keep accounts (账号管理): the system administrator opens and switches off, the security administrator unlocks and renews."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.passwords import LINKS
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import GUARD_ACCOUNTS, MANAGE_ACCOUNTS, SEE_ACCOUNTS, Actor, Move, Role
from niangjia.kernel.access.services import Forbidden, NotGranted, check, new_account, take_back
from niangjia.kernel.access.sessions import end_sessions
from niangjia.kernel.access.tries import forget
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.places.models import Place

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def visible_to(actor: Actor) -> QuerySet[Account]:
    """Accounts of work at or below the actor's places; see `of_move`."""
    return of_move(actor, SEE_ACCOUNTS)


def of_move(actor: Actor, move: Move) -> QuerySet[Account]:
    """The accounts with which an actor may do something: opened there, or with a right of work there; workers' are not.

    Each with its rights in force there as `rights_now`, and whether a second factor is set up as `has_factor`.
    """
    there = within(actor.paths(move), field="place__path")
    at_work = Grant.objects.filter(there, account=OuterRef("pk"), revoked_at=None).exclude(role=Role.WORKER.value)
    rights = Grant.objects.filter(there, in_force(clock.today())).select_related("place").order_by("id")
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    found = Account.objects.filter(Exists(at_work) | (Q(place__isnull=False) & there))
    return (
        found.annotate(has_factor=Exists(factors))
        .select_related("place")
        .prefetch_related(Prefetch("grants", queryset=rights, to_attr="rights_now"))
    )


def is_in_charge(account: Account, move: Move, *, by: Actor) -> bool:
    """Whether an account lies wholly in the actor's places: a town does not switch off whoever works for the county, too."""
    paths = by.paths(move)
    if "" in paths:
        return True
    if account.place is not None and not any(account.place.path.startswith(path) for path in paths):
        return False
    still = Q(revoked_at=None) & (Q(valid_to=None) | Q(valid_to__gte=clock.today()))
    held = Grant.objects.filter(still, account=account).exclude(role=Role.WORKER.value)
    if held.exclude(within(paths, field="place__path")).exists():
        return False
    return account.place is not None or held.exists()


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
    account = held(account, MANAGE_ACCOUNTS, by=by)
    if account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"])
        tell("switch_off_account", account, by=by)
        for grant in Grant.objects.filter(delegated_from__account=account, revoked_at=None):
            take_back(grant, by=by)
        end_sessions(account, by=by)


@transaction.atomic
def switch_on(account: Account, *, by: Actor) -> None:
    """Switch an account on again (启用)."""
    account = held(account, MANAGE_ACCOUNTS, by=by)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        tell("switch_on_account", account, by=by)


@transaction.atomic
def password_link(account: Account, *, by: Actor) -> str:
    """Make a link for setting a password (设密码链接): what was the password, and every link before, ends here."""
    account = held(account, MANAGE_ACCOUNTS, by=by)
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_sessions(account, by=by)
    tell("make_password_link", account, by=by)
    send("password_link_made", to=ToAccount(account.pk))
    return LINKS.make_token(account)


@transaction.atomic
def unlock(account: Account, *, by: Actor) -> None:
    """Open an account that wrong tries locked (解锁) before its time."""
    account = held(account, GUARD_ACCOUNTS, by=by)
    forget(account.login)
    tell("unlock_account", account, by=by)


@transaction.atomic
def renew_second_factor(account: Account, *, by: Actor) -> None:
    """A lost phone: end the second factor and all sessions; the next sign-in sets up a new one. The owner reads of it."""
    account = held(account, GUARD_ACCOUNTS, by=by)
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account, by=by)
    tell("renew_second_factor", account, by=by)
    send("second_factor_renewed", to=ToAccount(account.pk))


@transaction.atomic
def sign_out_everywhere(account: Account, *, by: Actor) -> None:
    """End all sessions of somebody else's account (全部退出)."""
    account = held(account, GUARD_ACCOUNTS, by=by)
    end_sessions(account, by=by)


def held(account: Account, move: Move, *, by: Actor) -> Account:
    """The account, locked, where the actor may do this with it; nobody does it with her own."""
    if account.pk == by.account_id:
        raise NotGranted(Reason("own_account", _OWN, {}))
    account = Account.objects.select_related("place").select_for_update(of=("self",)).get(pk=account.pk)
    if not is_in_charge(account, move, by=by):
        raise Forbidden("out_of_scope")
    return account


def tell(verb: str, account: Account, *, by: Actor) -> None:
    """Write into the journal what was done with an account."""
    home = account.place
    place = (home.city, home.pk) if home else None
    record(verb, by=by, thing="account", thing_id=account.pk, place=place)


_OWN = gettext_noop("不能办自己的账号。请另一位管理员来办。")
_DEMO = gettext_noop("演示账号是大家共用的，密码和动态码不能换。")
