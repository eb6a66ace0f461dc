"""For operators: another key for the codes of cards."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.commands import Command, Outcome
from niangjia.registers.cards.signing import rotate


def rotate_card_key(arguments: Namespace) -> Outcome:
    """Draw a new key for the codes of cards; after a theft nothing of the old ones counts."""
    key = rotate(by=Actor.operator(), is_stolen=arguments.stolen)
    words = _("会员卡换了签名密钥，编号 {number}。").format(number=key.pk)
    if arguments.stolen:
        words += _("旧密钥签过的码都作废了，印的卡要重新印。")
    return Outcome({"key": key.pk, "public": bytes(key.public).hex(), "stolen": arguments.stolen}, words=words)


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("--stolen", action="store_true", help=_("旧密钥泄露了：它签过的码全部作废，包括印的卡"))


COMMANDS = (Command("rotate-card-key", gettext_lazy("换会员卡的签名密钥"), rotate_card_key, _options),)
