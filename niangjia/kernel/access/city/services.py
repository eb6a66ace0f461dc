"""Link and unlink a city's identity: by the owner who proved once more, or by a link and the owner's code."""

from secrets import token_urlsafe

from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.accounts import held, tell
from niangjia.kernel.access.city.models import CityIdentity, CityLink
from niangjia.kernel.access.city.queries import TOKENS, city_door, has_codes, identity_of, index_of
from niangjia.kernel.access.city.rules import CityDoor
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import GUARD_ACCOUNTS, Actor
from niangjia.kernel.access.services import Forbidden, NotGranted
from niangjia.kernel.access.sessions import end_sessions
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.sealed import blind

TOKEN_BYTES = 32


@transaction.atomic
def link(account: Account, subject: str, *, door: CityDoor, by: Actor) -> None:
    """Link an identity to an account (关联); `NotGranted` where either of the two is linked already. A link for it is used up."""
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    try:
        with transaction.atomic():
            CityIdentity.objects.create(
                account=account, issuer=door.issuer, subject_index=index_of(door, subject), linked_at=clock.now()
            )
    except IntegrityError as error:
        reason = Reason("city_linked_already", _LINKED, {})
        if identity_of(account, door) is None:
            reason = Reason("city_identity_taken", _TAKEN, {})
        raise NotGranted(reason) from error
    CityLink.objects.filter(account=account).delete()
    tell("link_city_identity", account, by=by)


@transaction.atomic
def unlink(account: Account, *, door: CityDoor, by: Actor, but: str | None = None) -> bool:
    """Unlink one's own account (取消关联); every other session ends. Whether there was anything to unlink."""
    found, _each = CityIdentity.objects.filter(account=account, issuer=door.issuer).delete()
    if found:
        tell("unlink_city_identity", account, by=by)
        end_sessions(account, by=by, but=but)
    return bool(found)


@transaction.atomic
def unlink_at_desk(account: Account, *, by: Actor) -> None:
    """Unlink somebody else's account; all its sessions end, and a link that lies about is good no longer."""
    door = _door()
    account = held(account, GUARD_ACCOUNTS, by=by)
    CityLink.objects.filter(account=account).delete()
    unlink(account, door=door, by=by)


@transaction.atomic
def make_link(account: Account, *, by: Actor) -> str:
    """Make a link for linking (给关联链接): good once, for a day, with a code of the owner's phone; answers its token.

    Without codes there is none: who renews the second factor could else take over the account with the link alone.
    """
    door = _door()
    account = held(account, GUARD_ACCOUNTS, by=by)
    if account.is_demo:
        raise NotGranted(Reason("demo_account", _DEMO, {}))
    if identity_of(account, door) is not None:
        raise NotGranted(Reason("city_linked_already", _LINKED, {}))
    if not has_codes(account):
        raise NotGranted(Reason("city_link_without_codes", _NO_CODES, {}))
    token = token_urlsafe(TOKEN_BYTES)
    CityLink.objects.filter(account=account).delete()
    CityLink.objects.create(account=account, token_index=blind(TOKENS, token), made_at=clock.now())
    tell("make_city_link", account, by=by)
    return token


def _door() -> CityDoor:
    door = city_door()
    if door is None:
        raise Forbidden("city_not_set_up")
    return door


_LINKED = gettext_noop("这个账号已经关联了一个统一身份。要换，先取消关联。")
_TAKEN = gettext_noop("这个统一身份已经关联在别的账号上，一个身份只能关联一个账号。要换过来，先在那个账号上取消关联。")
_NO_CODES = gettext_noop("这个账号还没有设动态码，给不了关联链接。请本人先用密码登录，设好动态码，也可以那时自己关联。")
_DEMO = gettext_noop("演示账号是大家共用的，不能关联统一身份。")
