"""Which WeChat an account is told by."""

from datetime import datetime

from niangjia.kernel import clock
from niangjia.kernel.messages.wechat.models import OPENID_SEALED, WeChatBinding
from niangjia.kernel.messages.wechat.rules import Standing, standing_of
from niangjia.kernel.sealed import unseal

SCENES, OPENIDS = "wechat.scene", "wechat.openid"


def binding_of(account_id: int) -> WeChatBinding | None:
    """What is kept of an account's WeChat."""
    return WeChatBinding.objects.filter(pk=account_id).first()


def standing(binding: WeChatBinding | None, *, at: datetime | None = None) -> Standing:
    """How far an account's WeChat is bound."""
    if binding is None:
        return Standing.NONE
    return standing_of(
        good_until=binding.good_until, scanned_at=binding.scanned_at, bound_at=binding.bound_at, at=at or clock.now()
    )


def address_of(account_id: int) -> str:
    """Where WeChat reaches an account: the bound number, opened for sending alone; empty where none is bound."""
    found = WeChatBinding.objects.filter(pk=account_id, bound_at__isnull=False).first()
    return unseal(found.openid_sealed, aad=f"{OPENID_SEALED}.{account_id}") if found and found.openid_sealed else ""
