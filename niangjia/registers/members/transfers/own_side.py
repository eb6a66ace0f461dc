"""A transfer as the member follows it (我的转会): told like a parcel, with who has it and what happens if nobody answers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.todo import due_said
from niangjia.kernel.web.worker.declared import Happened, Matter
from niangjia.registers.members.models import Membership, TransferProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.transfers.queries import last_day_of, of_person, rule_of, state_of

SHOWN = 10
STEPS = (gettext_lazy("提出"), gettext_lazy("原来的工会答复"), gettext_lazy("转过去"))
OWN_STATES = {
    "open": Badge("doing", gettext_lazy("等原来的工会答复")),
    "above": Badge("doing", gettext_lazy("等上级工会定")),
    "agreed": Badge("done", gettext_lazy("转过去了")),
    "refused": Badge("closed", gettext_lazy("没有转")),
}


def own_matters(actor: Actor) -> Iterator[Matter]:
    """What is asked of her membership, and what became of it."""
    if actor.subject_id is not None:
        for transfer in of_person(actor.subject_id)[:SHOWN]:
            yield matter_of(transfer)


def matter_of(transfer: TransferProposal) -> Matter:
    """One transfer in her words; who does it is a union, never a person by name."""
    is_open, state = transfer.settled_at is None, _state(transfer)
    due, form = due_said(last_day_of(transfer), on=clock.today()) if is_open else ("", "")
    return Matter(
        title=_("转会到{there}").format(there=transfer.to_union.name),
        address=reverse("my_transfer", args=[transfer.pk]),
        state=OWN_STATES[state],
        is_open=is_open,
        where=_where(transfer, state),
        steps=STEPS,
        now=2 if is_open else len(STEPS) + 1,
        asked_at=transfer.proposed_at,
        due=due,
        due_form=form,
        rule=rule_of(transfer) if is_open else "",
        next=_NEXT.get(state, ""),
        trail=tuple(_trail(transfer)),
    )


def _state(transfer: TransferProposal) -> str:
    state = state_of(transfer)
    return "above" if state == "open" and transfer.went_up_at is not None else state


def _where(transfer: TransferProposal, state: str) -> str:
    here = _here(transfer)
    if state == "above" and transfer.umpire is not None:
        return _("{here}过了期限没有答复，现在由{above}来定").format(here=here, above=transfer.umpire.name)
    there = transfer.to_union.name
    if state == "agreed":
        return _("您的会籍在{there}，会龄接着算").format(there=there)
    if state == "refused":
        return _("您的会籍还在{here}：{reason}").format(here=here, reason=transfer.reason)
    return _("{there}想把您转过去，等{here}答复").format(there=there, here=here)


def _here(transfer: TransferProposal) -> str:
    if transfer.from_union is not None:
        return transfer.from_union.name
    held = Membership.objects.filter(person=transfer.person_id, period__upper_inf=True, state__in=HOLDING)
    return held.values_list("union__name", flat=True).first() or _("原来的工会")


def _trail(transfer: TransferProposal) -> Iterator[Happened]:
    """The newest first."""
    if transfer.settled_at is not None:
        words = _("同意了") if transfer.agreed else _("没有同意")
        yield Happened(words, transfer.settled_at, icon="circle-check" if transfer.agreed else "circle-x")
    if transfer.went_up_at is not None:
        yield Happened(_("没有人答复，交给上级工会定"), transfer.went_up_at, icon="arrow-up")
    yield Happened(_("{there}提出来的").format(there=transfer.to_union.name), transfer.proposed_at, icon="send")


_NEXT = {
    "open": gettext_lazy(
        "下一步：同意了就转过去；过了最后一天没有人答复，交两边共同的上级工会定。没有定以前，您的会籍不动"
    ),
    "above": gettext_lazy("下一步：上级工会同意或者不同意，都会告诉您。您愿意不愿意，可以打电话跟它说"),
    "refused": gettext_lazy("想转过去，请跟两边的工会说；它们商量好了，可以再提"),
}
