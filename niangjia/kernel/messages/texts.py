"""Short messages (短信): what a gateway is to this program, and the two that stand in where there is none."""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar, NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.chinese import gettext_noop


class Wording(Enum):
    """Every message this program ever sends (短信模板); gateways want each registered beforehand, by name."""

    SIGN_IN_CODE = gettext_noop(
        "【娘家】登录验证码 {code}，{minutes} 分钟内有效。不要告诉任何人，工会的人也不会向您要。"
    )
    NEW_PHONE_CODE = gettext_noop(
        "【娘家】换手机的验证码 {code}，{minutes} 分钟内有效。填了，以后就用这个手机登录。不是您在换，不要告诉任何人。"
    )
    JOIN_CODE = gettext_noop(
        "【娘家】申请入会的验证码 {code}，{minutes} 分钟内有效。填了，申请就交给工会。不是您在申请，不要告诉任何人。"
    )
    FOUNDING_CODE = gettext_noop(
        "【娘家】申请建工会的验证码 {code}，{minutes} 分钟内有效。填了，申请就交给工会。不是您在申请，不要告诉任何人。"
    )
    EMPLOYER_CODE = gettext_noop("【娘家】单位求助的验证码 {code}，{minutes} 分钟内有效。不要告诉任何人。")
    # What was to be said stands in the inbox alone.
    NEW_MESSAGE = gettext_noop("【娘家】您有一条新消息，请登录查看。")
    SECURITY_CHANGED = gettext_noop("【娘家】您账号的登录方式变了，请登录查看。不是您本人办的，请马上告诉工会。")
    PHONE_LOST = gettext_noop("【娘家】有人在工会替您报旧手机丢了，要换登录的手机。不是您，请马上登录，点「不是我」。")
    PHONE_DIFFERS = gettext_noop("【娘家】有名册给您登记了别的手机，还没有改，要您来定。请用这个手机登录查看。")

    def filled(self, values: Mapping[str, str]) -> str:
        """The message as the phone shows it."""
        return self.value.format(**values)


class TextsAway(Exception):
    """The gateway cannot be reached now: worth another try."""


class TextRefused(Exception):
    """The gateway will not send this: no use in trying again."""


class TextsMissing(Exception):
    """No gateway was named in `NIANGJIA_TEXTS`."""


class Texts(Protocol):
    """A gateway for short messages; a class that takes no arguments, named in `NIANGJIA_TEXTS`."""

    # False where nothing can ever be sent: pages then offer other ways instead of waiting for a message.
    can_send: bool

    def send(self, phone: str, wording: Wording, values: Mapping[str, str], *, key: str) -> None:
        """Hand one message over; `TextsAway` or `TextRefused` where that failed. The same `key` again is the same message."""


class NoTexts:
    """No gateway: nothing is sent, and pages say so."""

    can_send = False

    def send(self, phone: str, wording: Wording, values: Mapping[str, str], *, key: str) -> None:
        """Say that there is none."""
        del phone, values, key
        message = f"NIANGJIA_TEXTS names no gateway, {wording.name} was not sent"
        raise TextsMissing(message)


class KeptText(NamedTuple):
    """A message that a double kept."""

    phone: str
    wording: Wording
    values: Mapping[str, str]
    key: str = ""


class KeptTexts:
    """The null double, for tests: messages stay in this process's memory and reach nobody."""

    can_send = True
    kept: ClassVar[list[KeptText]] = []

    def send(self, phone: str, wording: Wording, values: Mapping[str, str], *, key: str) -> None:
        """Keep the message; one that comes again under its key is kept once, as gateways do it."""
        if all(text.key != key for text in self.kept):
            self.kept.append(KeptText(phone, wording, dict(values), key))


def texts() -> Texts:
    """The gateway of this instance."""
    gateway: Texts = import_string(settings.NIANGJIA_TEXTS)()
    return gateway
