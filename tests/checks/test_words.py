"""The check of words: what is said in Chinese is said in English too, with the same blanks."""

from checking import catalogue, spoken, words
from checking.tree import Source

VIEWS = "niangjia/registers/members/views.py"
PAGE = "niangjia/registers/members/templates/members/list.html"


def said(text: str, path: str = VIEWS) -> list[tuple[str, str, str]]:
    return [(entry.context, entry.text, entry.plural) for entry in spoken.spoken(Source(path, text))]


def faults(source: str, english: str) -> list[str]:
    translated = {entry.key: entry for entry in catalogue.read(english)}
    return [fault.why for fault in words.judge(words.gather([Source(VIEWS, source)]), translated)]


def test_python_files_say_what_they_wrap() -> None:
    assert said('x = _("会员")') == [("", "会员", "")]
    assert said('x = gettext_lazy("一" "二")') == [("", "一二", "")]
    assert said('x = ngettext("%(n)s 人", "%(n)s 人们", n)') == [("", "%(n)s 人", "%(n)s 人们")]
    assert said('x = Term("01", "在岗", ("在职",))') == [("", "在岗", "")]
    assert said('x = pgettext("按钮", "发")') == [("按钮", "发", "")]


def test_templates_say_what_they_translate() -> None:
    assert said('<p>{% translate "会员 (在会)" %}</p>', PAGE) == [("", "会员 (在会)", "")]
    assert said('{% translate "发" context "按钮" %}', PAGE) == [("按钮", "发", "")]
    block = "{% blocktranslate trimmed count n=n %}\n {{ n }} 人\n{% plural %}\n{{ n }} 人们\n{% endblocktranslate %}"
    assert said(block, PAGE) == [("", "%(n)s 人", "%(n)s 人们")]
    assert said('{% include "a" with title=_("会员") %}', PAGE) == [("", "会员", "")]


def test_a_string_without_english_is_found() -> None:
    assert faults('x = _("会员")', "") == ["it has no English."]
    assert faults('x = _("会员")', 'msgid "会员"\nmsgstr ""\n') == ["it has no English."]
    assert faults('x = _("会员")', 'msgid "会员"\nmsgstr "Member"\n') == []


def test_a_guess_is_found() -> None:
    assert faults('x = _("会员")', '#, fuzzy\nmsgid "会员"\nmsgstr "Person"\n') == ["its English is a guess (fuzzy)."]


def test_blanks_that_differ_are_found() -> None:
    assert faults('x = _("%(n)s 人")', 'msgid "%(n)s 人"\nmsgstr "%(m)s people"\n') == ["the blanks differ: ['%(n)s']."]
    assert faults('x = _("{n} 人")', 'msgid "{n} 人"\nmsgstr "people"\n') == ["the blanks differ: ['{n}']."]
    assert faults('x = _("{a}和{b}")', 'msgid "{a}和{b}"\nmsgstr "{b} and {a}"\n') == []


def test_english_that_is_half_chinese_is_found() -> None:
    assert faults('x = _("会员")', 'msgid "会员"\nmsgstr "会员 member"\n') == ["its English is Chinese in part."]


def test_what_nobody_says_any_more_is_found() -> None:
    assert faults("x = 1", 'msgid "会员"\nmsgstr "Member"\n') == ["nobody says it any more."]


def test_bare_chinese_in_a_speaking_room_is_found() -> None:
    assert list(words.bare([Source(VIEWS, 'x = "没有这一页"\n')]))
    assert not list(words.bare([Source(VIEWS, '"""会员"""\nx = _("没有这一页")\n')]))
    assert not list(words.bare([Source("niangjia/registers/members/rules/headers.py", 'x = "姓名"\n')]))


def test_writing_keeps_the_english_and_drops_what_is_gone() -> None:
    old = catalogue.read(
        'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "旧"\nmsgstr "Old"\n\nmsgid "会员"\nmsgstr "Member"\n'
    )
    gathered = words.gather([Source(VIEWS, 'x = _("会员")\ny = _("新\\n的")')])
    text = catalogue.write(words.merged(gathered, {entry.key: entry for entry in old}))
    again = {entry.text: entry.translations for entry in catalogue.read(text)}
    assert again == {"": ["Language: en\n"], "会员": ["Member"], "新\n的": [""]}
