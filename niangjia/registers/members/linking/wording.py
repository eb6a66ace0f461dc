"""Links in words of a cadre, in both languages; a program reads the codes."""

import json

from django.utils.translation import gettext, override

from niangjia.registers.members.linking.rules.deciding import LinkReason, Verdict

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def as_json(verdict: Verdict) -> str:
    """The part of a link's JSON that all links of one likeness share, its closing brace with it."""
    body = {"score": verdict.score, "reasons": [reason_as_json(reason) for reason in verdict.reasons]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))[1:]


def reason_as_json(reason: LinkReason) -> dict[str, object]:
    """One reason: its code, what it weighs, and a sentence in Chinese and in English."""
    return {"code": reason.code, "weight": reason.weight, **{name: said(reason, name) for name in LANGUAGES}}


def said(reason: LinkReason, language: str) -> str:
    """The sentence in one language."""
    with override(LANGUAGES[language]):
        return gettext(reason.sentence)
