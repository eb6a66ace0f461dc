"""What keys hold about persons: the security administrator who made them."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable
from niangjia.kernel.programs.models import Key

YEARS_3 = 3 * 365

TABLES = (
    PersonalTable(
        "programs.Key",
        gettext_noop("接口密钥"),
        gettext_noop("查清密钥是谁发的、能看什么、什么时候停的。"),
        Keep(
            gettext_noop("吊销或到期以后三年"),
            End.DELETE,
            YEARS_3,
            due=lambda at: Key.objects.filter(expires_on__lt=at) | Key.objects.filter(revoked_at__lt=at),
        ),
        tell=gettext_noop("密钥归工会，不记职工；只记是哪位安全管理员发的。"),
        erase=gettext_noop("记的是谁发的密钥；密钥本身不保存。"),
    ),
)
