"""A declared form as it is filled in: what is asked now, what is missing, what somebody else changed meanwhile."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.inputs import input_of
from niangjia.kernel.cases.drafts.queries import Begun, Occasion, answers_of
from niangjia.kernel.cases.drafts.rules import (
    ALWAYS,
    HELD,
    Answer,
    Answers,
    Conflict,
    FormSheet,
    Keep,
    Merged,
    answered,
    faults,
    merge,
    plain,
    prefilled,
    settle,
)
from niangjia.kernel.cases.drafts.rules import Field as Asked
from niangjia.kernel.cases.drafts.words import said
from niangjia.kernel.files.drafts import Handed
from niangjia.kernel.files.forms import FilesField, SignatureInput
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.web.picking import Picker, PickingForm

# What was shown of a field, whose answer stays, and what the other's answer was when that was chosen.
SEEN, KEEP, OVER = "seen-", "keep-", "over-"


@dataclass(frozen=True)
class Before:
    """What is known before a form is filled in: the record as it stands, what the register knows, the draft, files held."""

    stored: Answers = field(default_factory=dict)
    known: Mapping[str, Answer] = field(default_factory=dict)
    begun: Begun | None = None
    files: Mapping[str, Handed] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One field of the page (表单的一格): whether it is shown, on what that hangs, what was seen, what has to be chosen."""

    bound: forms.BoundField
    is_shown: bool
    when: str
    seen: str
    over: str
    note: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    chosen: str = ""


class SheetForm(PickingForm):
    """A form of a move (办理表单). `answers` is what holds once it is valid; `mine` what was written, valid or not."""

    sheet: FormSheet
    # For which move it is filled in; set where it is opened. Without one nothing is kept.
    occasion: Occasion | None = None

    class Media:
        css = {"all": ("case_drafts/sheet.css",)}
        js = (Script("case_drafts/sheet.js", defer=True),)

    def __init__(self, data: Any = None, files: Any = None, *, actor: Actor, before: Before) -> None:
        self.before = before
        self.known = prefilled(self.sheet, before.known)
        self.read: dict[str, Answer] = {}
        self.answers: dict[str, Answer] = {}
        self.is_asking_more = False
        if data is None:
            self.seen, self.merged = before.begun.seen if before.begun else before.stored, self._at_first()
            super().__init__(None, None, actor=actor, initial=_own(self.merged))
        else:
            self.seen, self.merged = _seen_in(data, self.sheet), Merged({}, frozenset(), {})
            # What is taken over from others is put in its place.
            self.sent = data.copy()
            super().__init__(self.sent, files, actor=actor)

    @property
    def mine(self) -> dict[str, Answer]:
        """What was written, as far as it can be read; what cannot, as it was typed."""
        typed = [each.name for each in self.sheet.fields if each.kind not in HELD and each.name in self.on_page]
        return {name: str(self.data[name]) for name in typed if self.data.get(name)} | self.read

    @property
    def on_page(self) -> frozenset[str]:
        """The fields that stood on the page that was sent: a field that is not shown sends nothing."""
        return frozenset(name for name in self.sheet.names if f"{SEEN}{name}" in self.data)

    @property
    def opened_at(self) -> str:
        """When this page is shown: what it keeps after the move was made elsewhere comes too late."""
        return clock.now().isoformat()

    @property
    def saved_at(self) -> datetime | None:
        """When the draft was kept last; None where there is none."""
        return self.before.begun.saved_at if self.before.begun else None

    @property
    def files_held(self) -> Sequence[StoredFile]:
        """Files that came with fields that are shown: the thing claims them when the move is made."""
        return [each for name, handed in self.before.files.items() if name in self.answers for each in handed.held]

    @property
    def parts(self) -> Iterator[Part]:
        """The fields in order, each with all that is to be said of it."""
        now = self.read | self.answers if self.is_bound else _own(self.merged)
        shown = answered(self.sheet, now)
        for each in self.sheet.fields:
            yield self._part(each, is_shown=each.name in shown)

    @property
    def taken(self) -> list[str]:
        """What was taken over from whoever changed it meanwhile, by its label."""
        return [_(each.label) for each in self.sheet.fields if each.name in self.merged.taken]

    def clean(self) -> dict[str, Any]:
        """Fields that are asked only now come first; then what somebody else changed; then what is missing."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name in self.on_page}
        self.read = given | self._files()
        self.merged = self._met()
        self.answers = answered(self.sheet, _own(self.merged))
        self._take_over()
        self._say_what_is_asked_more()
        self._say_what_others_changed()
        self._say_what_is_missing()
        self._say_what_names_nothing()
        return given

    def _at_first(self) -> Merged:
        """What stands on the page at first: the draft where there is one, met with what is stored by now."""
        begun, stored = self.before.begun, _whole(self.sheet, self.before.stored)
        if begun is None:
            return Merged(self.known | {name: own for name, own in stored.items() if own is not None}, frozenset(), {})
        return merge(begun.seen, begun.mine, stored)

    def _files(self) -> dict[str, Answer]:
        files = self.before.files
        return {name: tuple(each.pk for each in handed.held) for name, handed in files.items() if name in self.on_page}

    def _met(self) -> Merged:
        """What I wrote, met with what is stored by now; what was not on the page I have not touched."""
        counted = answered(self.sheet, self.read)
        seen, theirs = _whole(self.sheet, self.seen), _whole(self.sheet, self.before.stored)
        own = {name: counted[name] if name in counted and name in self.on_page else seen[name] for name in seen}
        for each in self.sheet.fields:
            if each.kind in HELD:  # files are added, never changed by two
                seen[each.name] = theirs[each.name] = None
        merged = merge(seen, own, theirs)
        return settle(merged, {name: self._chosen(name) for name in merged.conflicts if self._is_chosen(name)})

    def _is_chosen(self, name: str) -> bool:
        """Whether she chose between the two answers that stand there now, and not between others before."""
        over = f"{OVER}{name}"
        return self.data.get(f"{KEEP}{name}") in set(Keep) and self.data.get(over) == _json(
            self.before.stored.get(name)
        )

    def _chosen(self, name: str) -> Keep:
        return Keep(self.data[f"{KEEP}{name}"])

    def _take_over(self) -> None:
        """What was taken over stands on the page from now on, instead of what was sent."""
        for name in self.merged.taken:
            shown = self.fields[name].prepare_value(self.merged.answers[name])
            self.sent[name] = "" if shown is None else str(shown)

    def _part(self, each: Asked, *, is_shown: bool) -> Part:
        conflict, stored = self.merged.conflicts.get(each.name), self.before.stored.get(each.name)
        is_known = (
            not self.is_bound and each.name in self.known and self.initial.get(each.name) == self.known[each.name]
        )
        return Part(
            bound=self[each.name],
            is_shown=is_shown,
            when="" if each.shown == ALWAYS else json.dumps(plain(each.shown), ensure_ascii=False),
            # Until she has chosen, what she was shown stays what it was: then the two are asked for again.
            seen=_json(self.seen.get(each.name) if conflict else stored),
            over=_json(stored),
            note=_("从资料里带出来的，不对就改。") if is_known else "",
            choices=_choices(each, conflict) if conflict else (),
            chosen=str(self.data.get(f"{KEEP}{each.name}") or "") if self.is_bound else "",
        )

    def _say_what_is_asked_more(self) -> None:
        more = [name for name in self.answers if name not in self.on_page]
        self.is_asking_more = bool(more)
        if more:
            words = ngettext(
                "根据您写的，还要再答 %(n)s 项，在下面。", "根据您写的，还要再答 %(n)s 项，在下面。", len(more)
            )
            self.add_error(None, words % {"n": len(more)})

    def _say_what_others_changed(self) -> None:
        for name in self.merged.conflicts:
            self.add_error(name, _("您写的时候，别人也改了这一项，改得不一样。选一个留下，再交一次。"))

    def _say_what_is_missing(self) -> None:
        """Once all that is asked stands on the page; what cannot be read has said so itself."""
        for name, handed in self.before.files.items():
            if handed.refused:
                self.add_error(name, _("有的文件没有收下，理由写在它旁边。"))
        for name, reason in ({} if self.is_asking_more else faults(self.sheet, self.answers)).items():
            if name not in self.errors:
                values = reason.values | {"label": _(str(reason.values["label"]))}
                self.add_error(name, _(reason.sentence).format(**values))

    def _say_what_names_nothing(self) -> None:
        """What was picked is something that she may pick; words that name nothing are not taken."""
        for each in self.sheet.fields:
            given = self.answers.get(each.name)
            widget = self.fields[each.name].widget
            if (
                isinstance(widget, Picker)
                and given
                and each.name not in self.errors
                and not widget.title_of(str(given))
            ):
                words = _("没有找到「{given}」。写几个字，按旁边的按钮，从查到的里面选。")
                self.add_error(each.name, words.format(given=given))


@lru_cache
def form_of(sheet: FormSheet) -> type[SheetForm]:
    """The form of a declared sheet."""
    made: dict[str, Any] = {each.name: input_of(each) for each in sheet.fields}
    return type("DeclaredForm", (SheetForm,), {"sheet": sheet, **made})


def show_files(form: SheetForm) -> None:
    """Show what is held beside each field of files, and why a signature was not taken."""
    for name, handed in form.before.files.items():
        shown = form.fields[name]
        if isinstance(shown, FilesField):
            shown.show(handed)
        elif isinstance(shown.widget, SignatureInput) and handed.refused:
            reason = handed.refused[0][1]
            shown.widget.refused = _(reason.sentence).format(**reason.values)


def _seen_in(data: Mapping[str, Any], sheet: FormSheet) -> dict[str, Answer]:
    """What the page had shown of each field, as it came back; what nobody can read was nothing."""
    found: dict[str, Any] = {}
    for name in sheet.names:
        try:
            found[name] = json.loads(data.get(f"{SEEN}{name}") or "null")
        except ValueError:
            found[name] = None
    return answers_of(found)


def _whole(sheet: FormSheet, answers: Answers) -> dict[str, Answer]:
    return {name: answers.get(name) for name in sheet.names}


def _own(merged: Merged) -> dict[str, Answer]:
    """What is settled, and of the rest what I wrote."""
    return merged.answers | {name: each.mine for name, each in merged.conflicts.items()}


def _json(answer: Answer) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _choices(each: Asked, conflict: Conflict) -> tuple[tuple[str, str, str], ...]:
    """The two answers side by side, as people read them."""
    return (
        (Keep.MINE.value, _("您写的"), said(each, conflict.mine)),
        (Keep.THEIRS.value, _("别人改成的"), said(each, conflict.theirs)),
    )
