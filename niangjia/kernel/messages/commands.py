"""Messages for operators: how many attempts stand where, and what a mended channel may try again."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.commands import Command, Outcome
from niangjia.kernel.messages.channels import ways
from niangjia.kernel.messages.delivering import try_broken_again, try_one
from niangjia.kernel.messages.queries import counted
from niangjia.kernel.messages.rules import Channel, DeliveryState


def messages(arguments: Namespace) -> Outcome:
    """Attempts by channel, state and reason; no words and nobody's name. With `--again` those of a mended channel go now."""
    again = try_broken_again() if arguments.again else []
    for delivery_id in again:
        try_one(delivery_id)
    lines, open_ways = counted(), ways()
    broken = sum(line["number"] for line in lines if line["state"] == DeliveryState.TECHNICAL)
    body = {
        "channels": {channel.value: channel in open_ways for channel in Channel},
        "deliveries": lines,
        "tried_again": len(again),
    }
    words = _("发送 {n} 条，其中 {broken} 条因为渠道没设好没有发成。")
    number = sum(line["number"] for line in lines)
    return Outcome(body, words=words.format(n=number, broken=broken))


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--again", action="store_true", help=_("渠道修好了，没发成的再发一次"))


COMMANDS = (Command("messages", gettext_lazy("消息从别的渠道发得怎么样"), messages, _arguments),)
