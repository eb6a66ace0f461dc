"""What is filed of a lost phone, where it is decided, and by whom (丢了手机怎么换): nobody of her own union decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.people.phones import check_mobile
from niangjia.registers.members.regaining.rules.workflow import VOICES


class Paper(StrEnum):
    """Which paper was seen, with her standing there (当面看过的证件)."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    PERMIT = "permit"
    SOCIAL_CARD = "social_card"


class Why(StrEnum):
    """Why the phone that she confirmed is of no use (为什么换)."""

    LOST = "lost"
    STOLEN = "stolen"
    BROKEN = "broken"
    NUMBER_GONE = "number_gone"


@dataclass(frozen=True)
class Filing:
    """What a cadre writes (报的内容): the new phone, which paper she saw, that she compared it, and why. No number of a paper."""

    phone: str
    paper: str
    why: str
    is_compared: bool


@dataclass(frozen=True)
class Desk:
    """A union above hers, and how many there could decide besides who files."""

    place_id: int
    deciders: int


def why_not_file(filing: Filing, *, old_phone: str, is_confirmed: bool) -> Mapping[str, Reason]:
    """Nothing where this may be filed, else what stands against it, field by field."""
    if not is_confirmed:
        return {"__all__": Reason("not_confirmed", _NOT_CONFIRMED, {})}
    phone = check_mobile(filing.phone)
    found: dict[str, Reason] = {}
    if isinstance(phone, Reason):
        found["phone"] = Reason("phone_unread", _PHONE_UNREAD, {})
    elif phone == old_phone:
        found["phone"] = Reason("same_phone", _SAME_PHONE, {})
    if filing.paper not in {each.value for each in Paper}:
        found["paper"] = Reason("paper_missing", _PAPER_MISSING, {})
    if filing.why not in {each.value for each in Why}:
        found["why"] = Reason("why_missing", _WHY_MISSING, {})
    if not filing.is_compared:
        found["is_compared"] = Reason("not_compared", _NOT_COMPARED, {})
    return found


def lies_at(above: Sequence[Desk]) -> int | None:
    """At which union above it is decided: the nearest with two who could, else where most could; `above` begins nearest."""
    enough = next((desk.place_id for desk in above if desk.deciders >= VOICES), None)
    if enough is not None or not above:
        return enough
    return max(above, key=lambda desk: desk.deciders).place_id


def why_not_decide(
    decides_at: Iterable[str], works_at: Iterable[str], member_at: Iterable[str], *, home: str
) -> Reason | None:
    """None where somebody may decide: by a right strictly above her union, and with no right and no membership in it."""
    if not any(home.startswith(path) and path != home for path in decides_at):
        return Reason("not_above", _NOT_ABOVE, {})
    if any(path.startswith(home) for path in (*works_at, *member_at)):
        return Reason("of_her_union", _OF_HER_UNION, {})
    return None


def months_before(day: date, number: int) -> date:
    """The same day so many months before; the last of the month where it had no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def is_long_unused(used_on: date, *, today: date, months: int) -> bool:
    """Whether a phone was not used for so long that the operator may have given its number to somebody else."""
    return used_on <= months_before(today, months)


_NOT_CONFIRMED = gettext_noop("她登记的手机本人没有确认过，不用这样办：直接在资料里改成新手机就行。")
_PHONE_UNREAD = gettext_noop("手机号是 11 位数字，以 13 到 19 开头。看看是不是少写了，或者多写了。")
_SAME_PHONE = gettext_noop("这就是她现在登记的手机。补了卡、号码没变的，不用换，用它登录就行。")
_PAPER_MISSING = gettext_noop("请选当面看的是哪一种证件。")
_WHY_MISSING = gettext_noop("请选为什么换，本人会看到。")
_NOT_COMPARED = gettext_noop("请当面对着证件看过，勾上再报。没有见到本人的，不能报。")
_NOT_ABOVE = gettext_noop("这件事要由她工会的上级来定，您的权限不在上级。")
_OF_HER_UNION = gettext_noop("您在她的工会里任职，或者是那里的会员，不能来定。请上级工会的另一位办。")
