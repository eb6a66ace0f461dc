"""What she sees of two records of hers that were joined (我的资料): by whom, why, and that she may say it is wrong."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.worker.declared import Note, OwnFact, OwnRecord
from niangjia.registers.members.merging.kind import MERGE_REASONS
from niangjia.registers.members.merging.models import Merge
from niangjia.registers.members.merging.queries import of_her, to_tell_her


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """One part for each merge that stands."""
    for merge in of_her(actor):
        facts = tuple(OwnFact(title, value) for title, value in facts_of(merge))
        line = _("两位干部核对后合成一份。不对的话，可以说不同意，恢复成原来的两份。")
        yield OwnRecord(_("两份登记合成了一份"), "users", facts, line)


def own_notes(actor: Actor) -> Iterator[Note]:
    """For some days she is asked to look at it."""
    for merge in to_tell_her(actor):
        yield Note(
            _("您的两份登记合成了一份"),
            _("{who}办的，看一看对不对").format(who=unit_and_role(author_of(merge.author))),
            reverse("own_merge", args=[merge.pk]),
            _("看一看"),
            icon="users",
        )


def facts_of(merge: Merge) -> list[tuple[str, object]]:
    """Who joined them, when, and why."""
    facts: list[tuple[str, object]] = [
        (_("谁合并的"), unit_and_role(author_of(merge.author))),
        (_("合并时间"), moment(merge.merged_at)),
        (_("认定的依据"), MERGE_REASONS[merge.reason]),
    ]
    if merge.objected_at is not None:
        facts.append((_("您说过不同意"), moment(merge.objected_at)))
    return facts
