"""A request in the file of its case (案卷): what was said, what was added, which files lie with it."""

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import knows_who
from niangjia.kernel.reveal.rules import Way
from niangjia.services.requests.listing import title_of
from niangjia.services.requests.looking import write_look
from niangjia.services.requests.opinions import opinions_of
from niangjia.services.requests.queries import additions_of, papers_of, said_in, visible_to
from niangjia.services.requests.words import CHANNEL_WORDS, SECRECY_WORDS, SPEAKERS


def content_of(case: Case, actor: Actor) -> Content:
    """What the reader may know of it; who called stands there by name alone, and only where one may know who asked.

    What is printed was looked at: that is written down before, as on its page.
    """
    found = visible_to(actor).filter(pk=case.pk).first()
    if found is None:
        return Content()
    write_look(found, by=actor, at=clock.now(), way=Way.FILE)
    said = said_in(found, with_caller=knows_who(actor, case))
    parts: list[tuple[Words, Words]] = [
        (_("类型"), title_of(found)),
        (_("来源"), CHANNEL_WORDS[found.channel]),
        (_("保密"), SECRECY_WORDS[found.secrecy]),
        (_("单位"), found.employer.name if found.employer else ""),
        (_("来电来信的人"), said.caller_name),
        (_("说的话"), said.text),
        (_("想要的结果"), said.wish),
        *((SPEAKERS[row.speaker], says) for row, says in additions_of(found)),
        *((_("她的评价"), f"{each.words} {each.says}".strip()) for each in opinions_of(case, actor)),
    ]
    files = tuple((_("照片") if each.is_picture else "PDF", each.size) for each in papers_of(found))
    return Content(tuple(part for part in parts if part[1]), files)
