"""Where the numbers lie under which an official account knows people."""

from niangjia.kernel.messages.wechat.models import OPENID_SEALED
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (SealedColumn("wechat.WeChatBinding", "openid_sealed", OPENID_SEALED, "text"),)
