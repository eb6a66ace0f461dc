"""What the list of cadres tells somebody of herself, among what is held about her."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.worker.declared import OwnFact, OwnRecord
from niangjia.registers.cadres import queries
from niangjia.registers.cadres.words import KIND_WORDS, POST_WORDS

PAGE = "/mine/cadre/"


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """The posts that she holds now."""
    cadre = queries.own_cadre(actor)
    if cadre is None:
        return
    today = clock.today()
    held = [each for each in queries.posts_of(cadre, on=today) if each.until is None or each.until >= today]
    if not held:
        return
    facts = tuple(
        OwnFact(_("{post}（{kind}）").format(post=POST_WORDS[each.post], kind=KIND_WORDS[each.kind]), each.union, since=each.since)
        for each in held
    )  # fmt: skip
    line = _("选举的职务照换届的结果，别的由工会记下。")
    seen = gettext_lazy("您任职的工会和它上面各级工会的干部。")
    yield OwnRecord(_("我在工会的职务"), "briefcase", facts, line, seen)
