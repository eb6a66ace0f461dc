"""How somebody stands who applied and is in no register yet: for her consents, her own data, and erasing them."""

from dataclasses import replace

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.privacy.rules import Standing
from niangjia.registers.members import standing as register
from niangjia.registers.members.joining.queries import latest_of, number_in
from niangjia.registers.members.rules import IdNumber, check_id_number


def standing_of(subject_id: int) -> Standing | None:
    """As the register knows her; else as she applied."""
    with beyond(Purpose.OWN_DATA):
        return register.standing_of(subject_id) or _as_applied(subject_id)


def _as_applied(subject_id: int) -> Standing | None:
    application = latest_of(subject_id)
    if application is None:
        return None
    read = check_id_number(number_in(application))
    union = application.union
    waits = application.settled_at is None
    return Standing(
        subject_id=subject_id,
        name=application.name,
        city=application.city,
        place_id=union.pk,
        place_path=union.place.path,
        place_name=union.name,
        born_on=read.birth_on if isinstance(read, IdNumber) else None,
        against=(Reason("applied", _APPLIED, {"union": union.name}),) if waits else (),
        words=frozenset({application.name}),
    )


PERSONS = replace(register.PERSONS, standing_of=standing_of)
_APPLIED = gettext_noop("加入「{union}」的申请还没有结果。先撤回，再申请删除。")
