"""A message in words: its template in the version it was sent with, filled with the facts it carries."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from niangjia.kernel.messages.catalogue import in_version
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.rules import Fact, Template


@dataclass(frozen=True)
class Said:
    """What a message says (消息的文字), in the reader's language, and where it leads."""

    title: str
    body: str
    address: str = ""


def words_of(message: Message) -> Said:
    """The message as it reads; one whose template is gone says only that there was one."""
    template = in_version(message.template, message.version)
    if template is None:
        return Said(_("一条旧消息"), _("当时的内容已经不能显示。"))
    facts = {name: _shown(template, name, value) for name, value in message.facts.items()}
    address = template.leads_to.format(about=message.about) if template.leads_to else ""
    return Said(_(template.title).format(**facts), _(template.body).format(**facts), address)


def _shown(template: Template, name: str, value: str | int) -> str:
    kind = template.facts.get(name)
    if kind is Fact.TERM:
        return _(template.terms[name].get(str(value), str(value)))
    if kind is Fact.DAY:
        return formats.date_format(date.fromisoformat(str(value)), _("Y年n月j日"))
    if kind is Fact.COUNT:
        return f"{value:,}"
    return str(value)
