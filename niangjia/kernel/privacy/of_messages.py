"""What messages hold about a person: what she was told and by which channel, how she wants to hear of it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.models import Delivery, Message, Preference
from niangjia.kernel.messages.reading import words_of
from niangjia.kernel.messages.wechat.models import WeChatBinding
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, Row, Told

YEAR = 365
TIME, SAID, READ = gettext_noop("时间"), gettext_noop("说了什么"), gettext_noop("看过的时间")


def _hers(subject_id: int, *, within: str = "") -> Q:
    return Q(**{f"{within}subject_id": subject_id}) | Q(**{f"{within}account__subject_id": subject_id})


def _told_messages(subject_id: int) -> list[Row]:
    return [
        {TIME: message.sent_at, SAID: words_of(message).title, READ: message.read_at}
        for message in Message.objects.filter(_hers(subject_id)).order_by("id")
    ]


def _told_deliveries(subject_id: int) -> list[Row]:
    found = Delivery.objects.filter(_hers(subject_id, within="message__")).order_by("id")
    return [{TIME: each.changed_at, CHANNEL: each.channel, RESULT: each.state} for each in found]


def _erase(model: Any, within: str = "") -> Callable[[Leaving], int]:
    def erased(leaving: Leaving) -> int:
        rows = model.objects.filter(_hers(leaving.subject_id, within=within))
        number: int = rows.count()
        rows.delete()
        return number

    return erased


def _erase_wishes(leaving: Leaving) -> int:
    number: int = Preference.objects.filter(account__subject_id=leaving.subject_id).delete()[0]
    return number


def _erase_wechat(leaving: Leaving) -> int:
    number: int = WeChatBinding.objects.filter(account__subject_id=leaving.subject_id).delete()[0]
    return number


CHANNEL, RESULT = gettext_noop("渠道"), gettext_noop("结果")
TABLES = (
    PersonalTable(
        "inbox.Delivery", gettext_noop("消息的发送"), gettext_noop("用邮件、短信、微信告诉您有消息，不重复发。"),
        Keep(gettext_noop("和消息一起删除"), End.DELETE), tell=_told_deliveries, erase=_erase(Delivery, "message__"),
    ),
    PersonalTable(
        "inbox.Message", gettext_noop("消息"), gettext_noop("把办的结果、谁看过您的资料、账号的变化告诉您。"),
        Keep(
            gettext_noop("发出以后一年"), End.DELETE, YEAR, due=lambda at: Message.objects.filter(sent_at__lt=at),
        ),
        tell=_told_messages, erase=_erase(Message),
    ),
    PersonalTable(
        "inbox.Preference", gettext_noop("消息设置"), gettext_noop("按您选的时间和渠道告诉您。"),
        Keep(gettext_noop("随账号删除。"), End.DELETE),
        tell=Told("account__subject_id", (
            ("email_off", gettext_noop("不发邮件")), ("sms_off", gettext_noop("不发短信")), ("wechat_off", gettext_noop("不发微信")),
            ("quiet_begins", gettext_noop("几点以后不打扰")), ("quiet_ends", gettext_noop("到几点为止")),
            ("digest_hour", gettext_noop("几点一起告诉")), ("asked_email", gettext_noop("还没确认的邮箱")),
        )),
        erase=_erase_wishes,
    ),
    PersonalTable(
        "wechat.WeChatBinding", gettext_noop("绑定的微信"), gettext_noop("有新消息，也用您绑定的微信告诉您。"),
        Keep(gettext_noop("解除绑定、不再关注公众号时删除；随账号删除。"), End.DELETE),
        tell=Told("account__subject_id", (("bound_at", gettext_noop("绑定的时间")),)),
        erase=_erase_wechat,
    ),
)  # fmt: skip
