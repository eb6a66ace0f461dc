"""How somebody stands who asked for a union and is in no register: for her consents, her own data, and erasing them."""

from dataclasses import replace

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.privacy.rules import Standing
from niangjia.registers.founding.models import FoundingApplication
from niangjia.registers.founding.queries import latest_of, name_in
from niangjia.registers.members.joining import standing as joining


def standing_of(subject_id: int) -> Standing | None:
    """As she stands otherwise, else as who asked; what she asked for is settled before her data are erased."""
    known = joining.standing_of(subject_id)
    with beyond(Purpose.OWN_DATA):
        application = latest_of(subject_id)
        if application is None:
            return known
        against = _against(application)
        return replace(known, against=(*known.against, *against)) if known else _as_asked(application, against)


def _against(application: FoundingApplication) -> tuple[Reason, ...]:
    if application.settled_at is not None:
        return ()
    return (Reason("applied", _APPLIED, {"employer": application.employer_name}),)


def _as_asked(application: FoundingApplication, against: tuple[Reason, ...]) -> Standing:
    place, name = application.case.place, name_in(application)
    return Standing(
        subject_id=application.subject_id,
        name=name,
        city=application.city,
        place_id=place.pk,
        place_path=place.path,
        place_name=place_names([place.pk]).get(place.pk, ""),
        against=against,
        words=frozenset({name}),
    )


PERSONS = replace(joining.PERSONS, standing_of=standing_of)
_APPLIED = gettext_noop("给「{employer}」建会的申请还没有结果。先撤回，再申请删除。")
