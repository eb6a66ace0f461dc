"""What subscriptions hold about persons: the security administrator who made them; and how long deliveries are kept."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable
from niangjia.kernel.webhooks.models import Delivery, Subscription
from niangjia.kernel.webhooks.rules import DELIVERIES_KEPT_DAYS, OPEN, State

YEARS_3 = 3 * 365

TABLES = (
    PersonalTable(
        "webhooks.Delivery",
        gettext_noop("推送记录"),
        gettext_noop("查清哪件事送到了对方、哪件没有送到。"),
        Keep(
            gettext_noop("送到或不再送以后九十天"),
            End.DELETE,
            DELIVERIES_KEPT_DAYS,
            due=lambda at: Delivery.objects.filter(changed_at__lt=at).exclude(state__in=[each.value for each in OPEN]),
        ),
        tell=gettext_noop("只有编号和时间，没有姓名和号码。"),
        erase=gettext_noop("编号随会员资料一起失去意义；九十天后整行删除。"),
    ),
    PersonalTable(
        "webhooks.Subscription",
        gettext_noop("推送"),
        gettext_noop("知道事情要通知到哪个地址、谁加的。"),
        Keep(
            gettext_noop("停用以后三年"),
            End.DELETE,
            YEARS_3,
            due=lambda at: Subscription.objects.filter(state_at__lt=at).exclude(state=State.ACTIVE.value),
        ),
        tell=gettext_noop("推送归工会，不记职工；只记是哪位安全管理员加的。"),
        erase=gettext_noop("记的是谁加的推送，对方的地址不是人的资料。"),
    ),
)
