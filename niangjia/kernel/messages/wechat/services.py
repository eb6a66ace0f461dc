"""Bind a WeChat to an account: a code to scan, good once and for minutes; bound when the owner says that it was her."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.services import Author, record
from niangjia.kernel.messages.channels import ChannelBroken
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.messages.wechat.calls import CODE, call, official_account
from niangjia.kernel.messages.wechat.models import OPENID_SEALED, WeChatBinding
from niangjia.kernel.messages.wechat.queries import OPENIDS, SCENES, binding_of, standing
from niangjia.kernel.messages.wechat.rules import GOOD_FOR, Call, Event, Standing
from niangjia.kernel.sealed import blind, seal

SCENE_BYTES = 24


class Owner(Protocol):
    """Whose account."""

    @property
    def pk(self) -> Any:
        """The account's number."""


@dataclass(frozen=True)
class Platform:
    """Who wrote an entry that nobody here caused (微信平台)."""

    account_id: int | None = None
    words: str = "WeChat"


@transaction.atomic
def ask_to_bind(owner: Owner) -> None:
    """Have a code to scan made (绑定微信); the one before it is good no longer. `ChannelAway`, `ChannelBroken` as calls say."""
    account = official_account()
    if account is None:
        message = "no official account is named"
        raise ChannelBroken(message)
    scene = token_urlsafe(SCENE_BYTES)
    body = {
        "expire_seconds": int(GOOD_FOR.total_seconds()),
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    address = call(account, CODE, body).get("url")
    if not isinstance(address, str) or not address:
        message = "the platform gives no code to scan"
        raise ChannelBroken(message)
    WeChatBinding.objects.filter(pk=owner.pk, bound_at=None).delete()
    WeChatBinding.objects.create(
        pk=owner.pk, scene_blind=blind(SCENES, scene), scan_address=address, good_until=clock.now() + GOOD_FOR
    )


@transaction.atomic
def hear(call_: Call) -> None:
    """Whoever scanned the code of an account waits for its owner's word; whoever follows no more is bound no more."""
    match call_.event:
        case Event.SUBSCRIBE | Event.SCAN if call_.scene:
            _scanned(call_)
        case Event.UNSUBSCRIBE:
            _follows_no_more(call_)


@transaction.atomic
def confirm(owner: Owner, *, by: Author) -> bool:
    """It was the owner who scanned (是我扫的): messages go there from now on. False where that waits no longer."""
    held = WeChatBinding.objects.select_for_update().filter(pk=owner.pk).first()
    if held is None or standing(held) is not Standing.SCANNED:
        return False
    held.bound_at, held.good_until = clock.now(), None
    held.save(update_fields=["bound_at", "good_until"])
    record("bind_wechat", by=by, thing="account", thing_id=owner.pk)
    send("wechat_bound", to=ToAccount(owner.pk))
    return True


@transaction.atomic
def unbind(owner: Owner, *, by: Author) -> bool:
    """Nothing goes there any more (解除绑定), and the number is forgotten; whether anything was there."""
    held = binding_of(owner.pk)
    if held is None:
        return False
    was_bound = held.bound_at is not None
    held.delete()
    if was_bound:
        record("unbind_wechat", by=by, thing="account", thing_id=owner.pk)
    return True


@beyond(Purpose.MESSAGES)
def _scanned(call_: Call) -> None:
    held = WeChatBinding.objects.select_for_update().filter(scene_blind=blind(SCENES, call_.scene)).first()
    if held is None or standing(held) is not Standing.ASKED:
        return
    if not get_user_model().objects.filter(pk=held.pk, is_active=True).exists():
        return
    held.openid_sealed = seal(call_.openid, aad=f"{OPENID_SEALED}.{held.pk}")
    held.openid_blind = blind(OPENIDS, call_.openid)
    held.scene_blind, held.scan_address = None, ""
    # By the platform's clock, as the farewell that may follow.
    held.scanned_at, held.good_until = call_.at, clock.now() + GOOD_FOR
    held.save()


@beyond(Purpose.MESSAGES)
def _follows_no_more(call_: Call) -> None:
    """A copy of an old farewell undoes nothing that was bound after it."""
    found = WeChatBinding.objects.select_for_update().filter(openid_blind=blind(OPENIDS, call_.openid))
    for held in found.filter(scanned_at__lt=call_.at):
        if held.bound_at is not None:
            record("unbind_wechat", by=Platform(), thing="account", thing_id=held.pk)
        held.delete()
