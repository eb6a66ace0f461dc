"""People of the demo county who were registered twice: three pairs on the list, one of them merged by two cadres."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from niangjia.demo.rules.accounts import HONGYUAN, SHUNTONG
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.merging.carrying import done
from niangjia.registers.members.merging.models import Pair
from niangjia.registers.members.merging.proposing import lasting, propose_merge
from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER, Choice
from niangjia.registers.members.merging.rules.workflow import AGREE
from niangjia.registers.members.models import Person
from niangjia.registers.members.services import Registered, register_member
from niangjia.registers.members.words import SEX_WORDS
from niangjia.registers.orgs.models import Union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
# Known people of the mill, whom another union wrote down by their passports.
TWICE = (("赵春梅", "E20260001"), ("孙丽娟", "E20260002"), ("周玉芬", "E20260003"))


def register_twice(*, ago: Ago, actor: Acting) -> None:
    """Another union registers members of the mill by another paper; two cadres of the county merge the first."""
    pairs = [pair for name, number in TWICE if (pair := _twice(name, number, ago=ago, actor=actor)) is not None]
    if pairs:
        _merged(pairs[0], ago=ago, actor=actor)


def _twice(name: str, number: str, *, ago: Ago, actor: Acting) -> Pair | None:
    known = Person.objects.filter(name=name, memberships__union__name=HONGYUAN, memberships__period__upper_inf=True)
    person, union = known.first(), Union.objects.filter(name=SHUNTONG).first()
    if person is None or union is None:
        return None
    written = {
        "name": name,
        "id_kind": "passport",
        "id_number": number,
        "phone": phone_of(person),
        "sex": str(SEX_WORDS.get(person.sex, "")),
        "birth_on": person.birth_on.isoformat() if person.birth_on else "",
        "title": "库管员",
    }
    with ago(days=6):
        answer = register_member(written, union_id=union.pk, by=actor("zhoumin"), on=clock.today())
    if not isinstance(answer, Registered):
        return None
    return Pair.objects.filter(left__in=(person.pk, answer.person.pk), right__in=(person.pk, answer.person.pk)).first()


def _merged(pair: Pair, *, ago: Ago, actor: Acting) -> None:
    """The card is right, she works at the mill."""
    seen = Person.objects.in_bulk([pair.left_id, pair.right_id])
    revisions = (seen[pair.left_id].revision, seen[pair.right_id].revision)
    held = next(each.pk for each in lasting(pair) if each.person_id == pair.left_id)
    choice = Choice({NUMBER: LEFT}, "paper_seen", goes_on=held, seen=revisions)
    with ago(days=5):
        merge = propose_merge(pair.pk, choice, by=actor("zhoumin"), at=clock.now())
    with ago(days=4):
        done(merge.pk, AGREE, Pressed(actor("hanzhiyuan"), clock.now()))
