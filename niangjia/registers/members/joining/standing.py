"""How somebody stands who applied and is in no register yet: for her consents, her own data, and erasing them."""

from dataclasses import replace

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.privacy.rules import Standing
from niangjia.registers.members import standing as register
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.queries import latest_of, number_in
from niangjia.registers.members.rules import IdNumber, check_id_number


def standing_of(subject_id: int) -> Standing | None:
    """As the register knows her, else as she applied; what she applied for is settled before her data are erased."""
    with beyond(Purpose.OWN_DATA):
        application = latest_of(subject_id)
        known = register.standing_of(subject_id)
    if application is None:
        return known
    if known is None:
        return _as_applied(application)
    return replace(known, against=(*known.against, *_against(application)))


def _against(application: Application) -> tuple[Reason, ...]:
    if application.settled_at is not None:
        return ()
    return (Reason("applied", _APPLIED, {"union": application.union.name}),)


def _as_applied(application: Application) -> Standing:
    read = check_id_number(number_in(application))
    union = application.union
    return Standing(
        subject_id=application.subject_id,
        name=application.name,
        city=application.city,
        place_id=union.pk,
        place_path=union.place.path,
        place_name=union.name,
        born_on=read.birth_on if isinstance(read, IdNumber) else None,
        against=_against(application),
        words=frozenset({application.name}),
    )


PERSONS = replace(register.PERSONS, standing_of=standing_of)
_APPLIED = gettext_noop("加入「{union}」的申请还没有结果。先撤回，再申请删除。")
