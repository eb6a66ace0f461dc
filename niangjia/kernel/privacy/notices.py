"""Notices (告知书) as files: each version is loaded once and never changes."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.journal.services import record
from niangjia.kernel.privacy.models import Notice

LANGUAGES = ("zh-hans", "en")
PARTS = ("title", "purpose", "kinds", "method", "retention", "contact", "rights", "stops", "stays")
# 个人信息保护法 Art. 30: of sensitive data also why they are needed, and what that may do to her.
SENSITIVE_PARTS = ("necessity", "effect")
COLUMNS = ("key", "version", "begins_on", "separate", "sensitive", "source", "texts")


class NoticeUnfit(Exception):
    """A notice lacks a part that the law asks for, or another text was written under a version that people agreed to."""


def notice_files() -> list[Path]:
    """The files of all slices, as `NIANGJIA_NOTICES` names their folders."""
    return sorted(path for folder in settings.NIANGJIA_NOTICES for path in Path(folder).glob("*.toml"))


@transaction.atomic
def load_notices() -> int:
    """Add the versions that are new; answers how many. `NoticeUnfit` where a file breaks its word."""
    with acting(Actor.operator()):
        return _load()


def _load() -> int:
    known = {(notice.key, notice.version): notice for notice in Notice.objects.order_by("id")}
    added = 0
    for path, facts in _read():
        before = known.get((facts["key"], facts["version"]))
        if before is None:
            notice = Notice.objects.create(**facts)
            detail = {"key": notice.key, "version": notice.version}
            record("publish_notice", by=Actor.operator(), thing="notice", thing_id=notice.pk, detail=detail)
            added += 1
        elif any(getattr(before, name) != facts[name] for name in COLUMNS):
            message = f"{path.name}: people agreed to this version; write the change as version {facts['version'] + 1}"
            raise NoticeUnfit(message)
    return added


def _read() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in notice_files():
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        missing = [name for name in COLUMNS if name not in facts]
        needed = (*PARTS, *SENSITIVE_PARTS) if facts.get("sensitive") else PARTS
        for language in LANGUAGES:
            said = facts.get("texts", {}).get(language, {})
            missing += [f"{language}.{part}" for part in needed if not said.get(part)]
        if missing or (facts["sensitive"] and not facts["separate"]):
            message = f"{path.name}: {', '.join(missing) or 'sensitive data need separate consent'}"
            raise NoticeUnfit(message)
        yield path, facts
