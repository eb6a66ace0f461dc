"""Channels (渠道) behind one interface: what each is handed, and how it may fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.messages.rules import Channel
from niangjia.kernel.messages.texts import TextRefused, Texts, TextsAway, TextsMissing, Wording, texts


class ChannelAway(Exception):
    """It cannot be reached now: worth another try."""


class NotTaken(Exception):
    """It will not take this, for this address: no use in trying again."""


class ChannelBroken(Exception):
    """It is not set up rightly: the operator has to do something."""


@dataclass(frozen=True)
class Letter:
    """What a channel is handed (要发的内容): the address, title and words in the person's language, that language, and the key.

    The same key again is the same letter; `text` names the short message.
    """

    address: str
    title: str
    words: str
    key: str
    text: str = ""
    language: str = "zh-hans"


class Way(Protocol):
    """A way to reach people; a class without arguments."""

    # False where nothing can ever be sent: nothing is planned for it then.
    can_send: bool

    def send(self, letter: Letter) -> None:
        """Hand one letter over; `ChannelAway`, `NotTaken` or `ChannelBroken` where that failed."""


class NoWay:
    """No such channel here: nothing is sent, and pages say so."""

    can_send = False

    def send(self, letter: Letter) -> None:
        """Say that there is none."""
        del letter
        message = "this channel is not set up"
        raise ChannelBroken(message)


class KeptLetters:
    """The null double, for tests: letters stay in this process's memory and reach nobody; a key counts once."""

    can_send = True
    kept: ClassVar[list[Letter]] = []

    def send(self, letter: Letter) -> None:
        """Keep the letter."""
        if all(each.key != letter.key for each in self.kept):
            self.kept.append(letter)


class ByText:
    """Short messages, by the instance's own gateway; what is said is one of its registered wordings."""

    @property
    def can_send(self) -> bool:
        """Whether a gateway is named."""
        return texts().can_send

    def send(self, letter: Letter) -> None:
        """Hand the wording over; no fact ever goes into it."""
        gateway: Texts = texts()
        try:
            gateway.send(letter.address, Wording[letter.text], {}, key=letter.key)
        except TextsAway as error:
            raise ChannelAway from error
        except TextRefused as error:
            raise NotTaken from error
        except TextsMissing as error:
            raise ChannelBroken from error


def ways() -> Mapping[Channel, Way]:
    """Every channel of this instance that can send."""
    named = {
        Channel.EMAIL: import_string(settings.NIANGJIA_MAIL)(),
        Channel.SMS: ByText(),
        Channel.WECHAT: import_string(settings.NIANGJIA_WECHAT)(),
    }
    return {channel: way for channel, way in named.items() if way.can_send}
