"""Who may apply (谁能申请): what is written of herself, each field with what is wrong, why, and what next."""

from dataclasses import dataclass
from datetime import date

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.people.phones import check_mobile
from niangjia.registers.members.rules import (
    IdNumber,
    age_on,
    check_id_number,
    check_name,
    kind_of_number,
    looks_like_other_paper,
)
from niangjia.registers.members.rules.id_numbers import WORKING_AGE


@dataclass(frozen=True)
class Written:
    """What she wrote of herself (申请人写的)."""

    name: str
    id_number: str
    phone: str


@dataclass(frozen=True)
class Applicant:
    """Whoever applies, as read (申请人): sex and birthday stand in the number and are never asked."""

    name: str
    id_kind: str
    id_number: str
    sex: str
    born_on: date
    phone: str


def read_applicant(written: Written, *, on: date) -> Applicant | dict[str, Reason]:
    """Whoever applies, or what is wrong by field. Whether name and number belong together no number tells."""
    reasons: dict[str, Reason] = {}
    name = check_name(written.name)
    if isinstance(name, Reason):
        reasons["name"] = Reason("name_invalid", _NAME, {})
    read = _number(written.id_number, on=on)
    if isinstance(read, Reason):
        reasons["id_number"] = read
    phone = check_mobile(written.phone)
    if isinstance(phone, Reason):
        reasons["phone"] = Reason("phone_invalid", _PHONE, {})
    if isinstance(name, Reason) or isinstance(read, Reason) or isinstance(phone, Reason):
        return reasons
    return Applicant(name, kind_of_number(read).value, read.number, read.sex, read.birth_on, phone)


def _number(text: str, *, on: date) -> IdNumber | Reason:
    if looks_like_other_paper(text):
        return Reason("other_paper", _OTHER_PAPER, {})
    read = check_id_number(text)
    if isinstance(read, Reason):
        return read
    if read.converted_from_15:
        return Reason("id_length", _OLD_NUMBER, {})
    if read.birth_on > on or age_on(read.birth_on, on) < WORKING_AGE:
        return Reason("under_16", _UNDER_16, {"age": WORKING_AGE})
    return read


_NAME = gettext_noop("这不像身份证上的姓名。写 2 到 30 个字，中间有点的写「·」，不写数字和别的符号。")
_PHONE = gettext_noop("手机号是 11 位数字，以 13 到 19 开头。看看是不是少写了，或者多写了。")
_OTHER_PAPER = gettext_noop(
    "这里认身份证和港澳台居民居住证的 18 位号码。用护照或者别的证件的，请带证件到工会当面登记。"
)
_OLD_NUMBER = gettext_noop("这是 15 位的老号码。请写现在身份证上的 18 位。")
_UNDER_16 = gettext_noop(
    "按这个号码算，还没有满 {age} 周岁。《劳动法》第十五条：不能招用未满 {age} 周岁的人，所以还不能入会。号码写错的，改过再来；有单位让您上班的，请打下面的电话告诉工会。"
)
