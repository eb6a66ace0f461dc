"""Every template of the house: harmless, short, in two languages, and unchanged since it was first sent."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.kernel.chinese import Reason
from niangjia.kernel.messages.catalogue import templates
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.reading import words_of
from niangjia.kernel.messages.rules import (
    LONGEST_TEXT,
    Channel,
    Fact,
    FactRefused,
    Kind,
    Template,
    settled_facts,
    why_not_template,
)
from niangjia.kernel.messages.texts import Wording

WORDED = Path(__file__).parent / "worded.txt"
ALL = templates()
GOOD = Template("one", 1, Kind.WORK, "导出 {number}", "打开看。", facts={"number": Fact.NUMBER})


def text_of(template: Template) -> str | None:
    return Wording[template.text].value if template.text else None


def fingerprint(template: Template) -> str:
    said = repr((template.title, template.body, sorted(template.facts.items()), sorted(template.terms.items())))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def test_there_are_ten_and_more_and_each_is_there_once():
    assert len({template.key for template in ALL}) >= 10
    assert len({(template.key, template.version) for template in ALL}) == len(ALL)


@pytest.mark.parametrize("template", ALL, ids=lambda template: f"{template.key}-{template.version}")
def test_a_template_of_the_house_tells_nothing_of_a_person(template):
    assert why_not_template(template, text=text_of(template)) is None


@pytest.mark.parametrize("template", ALL, ids=lambda template: f"{template.key}-{template.version}")
def test_a_template_of_the_house_has_its_english(template):
    words = [template.title, template.body, *(word for words in template.terms.values() for word in words.values())]
    with translation.override("en"):
        assert [word for word in words if _(word) == word] == []


def test_words_once_sent_stay_as_they_were():
    """A changed template is a new version beside the old one; the list of fingerprints grows and never changes."""
    known = dict(line.rsplit(" ", 1) for line in WORDED.read_text("utf-8").splitlines())
    assert {f"{each.key} {each.version}": fingerprint(each) for each in ALL} == known


@pytest.mark.guard(
    "messages-tell-nothing", "a template that would carry a name, a number, an illness or an amount is refused"
)
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": "{name}，您好", "facts": {}}, "facts_differ"),
        ({"body": "您的医药费 300 元已经批了。"}, "tells_of_a_person"),
        ({"body": "您说的病情，工会知道了。"}, "tells_of_a_person"),
        ({"body": "打 13800132206 问。"}, "tells_of_a_person"),
        ({"facts": {"number": Fact.TERM}}, "terms_differ"),
        ({"facts": {"number": Fact.TERM}, "terms": {"number": {"a": "低保户"}}}, "tells_of_a_person"),
        ({"channels": frozenset({Channel.SMS})}, "text_missing"),
    ],
)
def test_a_template_that_tells_of_a_person_is_refused(changed, code):
    assert code_of(why_not_template(replace(GOOD, **changed), text=None)) == code


def code_of(reason: Reason | None) -> str:
    return "" if reason is None else reason.code


@pytest.mark.control("messages-tell-nothing")
def test_without_the_list_of_facts_a_name_would_go_out():
    assert GOOD.title.format(number="陈桂兰 34992119800302302X") == "导出 陈桂兰 34992119800302302X"
    with pytest.raises(FactRefused):
        settled_facts(GOOD, {"number": "陈桂兰 34992119800302302X"})


@pytest.mark.parametrize("wording", [each for each in Wording if not each.name.endswith("_CODE")])
def test_a_short_message_is_short_and_says_only_that_there_is_something(wording):
    assert len(wording.value) <= LONGEST_TEXT
    assert "{" not in wording.value


def test_a_longer_or_a_filled_text_is_refused():
    short = replace(GOOD, channels=frozenset({Channel.SMS}), text="NEW_MESSAGE")
    assert code_of(why_not_template(short, text="长" * 71)) == "text_too_long"
    assert code_of(why_not_template(short, text="导出 {number}")) == "text_too_long"


@pytest.mark.django_db
def test_an_old_message_reads_as_it_was(settings):
    settings.NIANGJIA_MESSAGES = (f"{__name__}.BOTH",)
    old = Message(template="one", version=1, facts={"number": "E000007"}, about=7)
    new = Message(template="one", version=2, facts={"number": "E000007"}, about=7)
    assert words_of(old).title == "导出 E000007"
    assert words_of(new).title == "名单 E000007"
    assert words_of(Message(template="gone", version=1, facts={})).title == "一条旧消息"


BOTH = (GOOD, replace(GOOD, version=2, title="名单 {number}"))
