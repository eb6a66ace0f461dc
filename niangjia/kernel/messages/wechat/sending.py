"""A message by WeChat: a template of the official account, filled with a title and a time; what was meant stays in the inbox."""

from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.messages.channels import ChannelBroken, Letter
from niangjia.kernel.messages.wechat.calls import SEND, call, official_account
from niangjia.kernel.messages.wechat.rules import shortened

NEW_MESSAGE = gettext_noop("有新消息，请登录「娘家」查看")


class ByWeChat:
    """An official account; where none is named nothing is planned for WeChat."""

    @property
    def can_send(self) -> bool:
        """Whether an account is named."""
        return official_account() is not None

    def send(self, letter: Letter) -> None:
        """Hand the filled template over; the platform takes the same key within ten minutes as the same message."""
        account = official_account()
        if account is None:
            message = "no official account is named"
            raise ChannelBroken(message)
        with translation.override(letter.language):
            in_general = _(NEW_MESSAGE)
        said = {
            "title": shortened(letter.title, in_general),
            "time": clock.now().astimezone(clock.PEOPLE_ZONE).strftime("%Y年%m月%d日 %H:%M"),
        }
        body = {
            "touser": letter.address,
            "template_id": account.template,
            "client_msg_id": letter.key,
            "data": {field: {"value": said[filled]} for field, filled in account.fields},
        }
        call(account, SEND, body)
