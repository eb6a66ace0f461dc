"""What the union is told beside an application: what is checked and what is not, and who else has this number."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.kinds import Words
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.queries import held_now, number_in, open_with, phone_in
from niangjia.registers.members.linking.newcomers import likely_same
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import visible_to


def found_of(application: Application, actor: Actor) -> list[tuple[Words, Words]]:
    """What to look at before deciding, as long as nothing is decided."""
    if application.settled_at is not None or application.id_blind is None:
        return []
    return [(_("核对过什么"), _("手机是本人的。证件号格式对；姓名和号码是不是同一个人，没有联网核对，请对着身份证看。")),
            *((_("登记里有"), words) for words in _known(application, actor))]  # fmt: skip


def _alike(application: Application, actor: Actor) -> Iterator[Words]:
    """Somebody with another number who is probably the same person: registered, the two wait side by side."""
    written = {"name": application.name, "id_number": number_in(application), "phone": phone_in(application)}
    found = next((each for each in likely_same(written) if each.verdict.linked), None)
    if found is None:
        return
    if visible_to(actor).filter(pk=found.subject_id).exists():
        yield _("有一份别的证件的登记，像是同一个人。批准以后到「疑似同一个人」里核对。")
    else:
        yield _("别的工会有一份登记，像是同一个人。批准以后由上级工会核对。")


def _known(application: Application, actor: Actor) -> Iterator[Words]:
    """Somebody with this number: by name of the union where the actor keeps it, else that there is one."""
    with beyond(Purpose.SAME_PERSON):
        others = open_with(bytes(application.id_blind or b""), but=[application.pk]).count()
        person = Person.objects.filter(subject__key_blind=application.id_blind, erased_at=None).first()
        held = held_now([person.pk]).get(person.pk) if person else None
    if others:
        yield _("同一个证件号还有别的申请在办，手机不一样。先问清楚哪一件是本人。")
    if person is None:
        yield from _alike(application, actor)
        return
    if person.pk != application.subject_id:
        yield _("这个证件号已经登记过，登记的手机不是这一个。请本人带身份证来，看清楚再批。")
    if held is None:
        yield _("以前是会员，现在没有会籍。批准了就是重新入会，还是原来那一份登记。")
    elif visible_to(actor).filter(pk=person.pk).exists():
        yield _("现在是「{union}」的会员。").format(union=held.union.name)
    else:
        yield _("现在是别的工会的会员。批准了会先请原来的工会答复转会，不会有两份会籍。")
