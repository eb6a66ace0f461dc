"""Everything held about a person as one file for her (查阅、复制、转移), made in the background and offered for a day."""

import io
import json
import zipfile
from base64 import b64decode, b64encode
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from psycopg.types.range import Range

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, acting_as_account, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.models import PersonalFile
from niangjia.kernel.privacy.queries import BODY, told_of
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.rules import PersonalTable, Row
from niangjia.kernel.sealed import seal, unseal

OFFERED_FOR = timedelta(hours=24)
MAKE, QUEUE = "privacy.make_own_file", "privacy"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the file carries no instant but those it tells


@transaction.atomic
def ask_file(*, by: Actor) -> PersonalFile:
    """Ask for one's own file; asked twice on a day, it is the same one."""
    standing = standing_of(by.subject_id)
    now = clock.now()
    asked, is_new = PersonalFile.objects.get_or_create(
        subject_id=standing.subject_id,
        asked_on=clock.today(),
        defaults={"city": standing.city, "asked_at": now, "expires_at": now + OFFERED_FOR},
    )
    if is_new:
        place = (standing.city, standing.place_id) if standing.place_id else None
        record("ask_own_file", by=by, thing="person", thing_id=standing.subject_id, place=place)
        app.configure_task(MAKE, queue=QUEUE).defer(file_id=asked.pk)
    return asked


@transaction.atomic
def make_file(file_id: int) -> None:
    """Gather, pack and seal; a job that comes again makes it once."""
    with beyond(Purpose.OWN_DATA):
        asked = PersonalFile.objects.select_for_update().filter(pk=file_id, ready_at=None).first()
    account = Account.objects.filter(subject_id=asked.subject_id).first() if asked else None
    if asked is None or account is None:
        return
    # What she may not see herself does not come into her file, whatever a table declares.
    with acting_as_account(account.pk, is_own_side=True):
        _make(asked)


def _make(asked: PersonalFile) -> None:
    packed = packed_file(asked.subject_id, at=clock.now())
    asked.body_sealed = seal(b64encode(packed).decode("ascii"), aad=f"{BODY}.{asked.pk}")
    asked.size_bytes, asked.ready_at = len(packed), clock.now()
    asked.save(update_fields=["body_sealed", "size_bytes", "ready_at"])
    send("own_file_ready", to=ToPerson(asked.subject_id))


@transaction.atomic
def take_file(file_id: int, *, by: Actor) -> bytes:
    """The file, for the person alone and while it is offered."""
    mine = PersonalFile.objects.filter(pk=file_id, subject_id=by.subject_id or 0, expires_at__gt=clock.now())
    found = mine.exclude(body_sealed=None).first()
    if found is None or found.body_sealed is None:
        raise Forbidden("out_of_scope")
    body = b64decode(unseal(found.body_sealed, aad=f"{BODY}.{found.pk}"))
    PersonalFile.objects.filter(pk=found.pk).update(taken_at=clock.now())
    record("take_own_file", by=by, thing="person", thing_id=found.subject_id)
    return body


def packed_file(subject_id: int, *, at: datetime) -> bytes:
    """A ZIP with everything as JSON for programs, and as a page for people."""
    with translation.override("zh-hans"):
        told = [(table, [_in_words(row) for row in rows]) for table, rows in told_of(subject_id)]
        untold = [table for table in personal_tables() if isinstance(table.tell, str)]
        page = render_to_string("privacy/own_file.html", {"at": at, "told": told, "untold": untold})
        machine = json.dumps(_as_json(told, untold, at=at), ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("我的资料.html", page), ("我的资料.json", machine)):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _as_json(
    told: list[tuple[PersonalTable, list[Row]]], untold: list[PersonalTable], *, at: datetime
) -> dict[str, Any]:
    return {
        "生成时间": at.astimezone(clock.PEOPLE_ZONE).isoformat(timespec="seconds"),
        "资料": [
            {"名称": _(table.title), "用途": _(table.purpose), "保存": _(table.keep.since), "内容": rows}
            for table, rows in told
        ],
        "没有列出的": [{"名称": _(table.title), "理由": _(str(table.tell))} for table in untold],
    }


def _in_words(row: Row) -> Row:
    return {_(words): _value(value) for words, value in row.items()}


def _value(value: Any) -> Any:
    """A value as people read it, which JSON can hold, too."""
    match value:
        case datetime():
            shown: Any = value.astimezone(clock.PEOPLE_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        case date():
            shown = value.isoformat()
        case bool():
            shown = _("是") if value else _("否")
        case None | str() | int() | float():
            shown = value
        case list() | tuple():
            shown = "、".join(str(_value(part)) for part in value)
        case Range():
            shown = f"{_value(value.lower) or ''} – {_value(value.upper) or ''}"
        case _:
            shown = str(value)
    return shown
