"""What somebody writes to ask for a union (申请建会), each field with what is wrong, why, and what next."""

from dataclasses import dataclass

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.people.phones import check_mobile
from niangjia.registers.founding.rules.forms import Size, form_asked
from niangjia.registers.members.rules import check_name
from niangjia.registers.orgs.rules import check_credit_code
from niangjia.registers.orgs.rules.union_facts import tidy_union_name

SHORTEST_NAME, LONGEST_NAME = 4, 128


@dataclass(frozen=True)
class Workplace:
    """Which employer is meant: one of the register, or what was written of one that is not there."""

    employer_id: int | None = None
    name: str = ""
    uscc: str = ""
    # The union responsible for where it lies, where the register does not know it.
    place_id: int | None = None


@dataclass(frozen=True)
class Wish:
    """About how many work there, which form they would like; and whether the employer may be told who asked."""

    size: str
    form: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class Written:
    """Who asks: name and phone."""

    name: str
    phone: str


def read_workplace(workplace: Workplace) -> Workplace | dict[str, Reason]:
    """An employer that is not in the register, tidied, or what is wrong by field."""
    if workplace.employer_id is not None:
        return workplace
    name = tidy_union_name(workplace.name)
    reasons: dict[str, Reason] = {}
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        reasons["name"] = Reason("employer_name", _EMPLOYER_NAME, {})
    uscc = check_credit_code(workplace.uscc) if workplace.uscc.strip() else ""
    if isinstance(uscc, Reason):
        return reasons | {"uscc": uscc}
    return reasons or Workplace(None, name, uscc, workplace.place_id)


def read_written(written: Written) -> Written | dict[str, Reason]:
    """Who asks, tidied, or what is wrong by field."""
    reasons: dict[str, Reason] = {}
    name, phone = check_name(written.name), check_mobile(written.phone)
    if isinstance(name, Reason):
        reasons["name"] = Reason("name_invalid", _NAME, {})
    if isinstance(phone, Reason):
        reasons["phone"] = Reason("phone_invalid", _PHONE, {})
    if isinstance(name, Reason) or isinstance(phone, Reason):
        return reasons
    return Written(name, phone)


def read_wish(wish: Wish) -> Wish | dict[str, Reason]:
    """The wish, where a size was chosen; a large workplace is asked about no form."""
    if wish.size not in {each.value for each in Size}:
        return {"size": Reason("size_missing", _SIZE, {})}
    return Wish(wish.size, form_asked(wish.size, wish.form), wish.is_named)


_EMPLOYER_NAME = gettext_noop("这不像单位的全称。写营业执照或者门口牌子上的名称，4 个字以上。")
_NAME = gettext_noop("这不像姓名。写 2 到 30 个字，中间有点的写「·」，不写数字和别的符号。")
_PHONE = gettext_noop("手机号是 11 位数字，以 13 到 19 开头。看看是不是少写了，或者多写了。")
_SIZE = gettext_noop("还没有选大约多少人。选最接近的一项，不用很准。")
