"""Template lint: what the page policy, the themes, closed networks or an English reader could not bear."""

import pytest

from checking import templates
from checking.tree import Source

PAGE = "niangjia/kernel/web/templates/web/page.html"
STYLE = "niangjia/kernel/web/static/niangjia/components.css"


def wrong(text: str, path: str = PAGE) -> list[str]:
    return [fault.what for fault in templates.judge(Source(path, text))]


@pytest.mark.parametrize(
    "text",
    [
        "<script>let a = 1</script>",
        '<script type="module">let a = 1</script>',
        "<style>p { margin: 0 }</style>",
        '<p style="width: 3px">a</p>',
        '<button\n  class="btn" onclick="go()">a</button>',
        '<button hx-on:click="go()">a</button>',
        '<a href="javascript:go()">a</a>',
    ],
)
def test_nothing_stands_inline(text: str) -> None:
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'niangjia/list.js' %}\" defer></script>",
        '<p class="nj-state">a</p>',
        '<input name="only_active" data-style="plain">',
        '<use href="#i-search"></use>',
        "{{ page.on_day }}",
    ],
)
def test_files_classes_and_icons_are_fine(text: str) -> None:
    assert not wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<link href="//cdn.example.org/a.css">',
        '<a href="http://example.org">a</a>',
    ],
)
def test_no_page_asks_another_server(text: str) -> None:
    assert wrong(text)


def test_no_style_sheet_asks_another_server() -> None:
    assert wrong("@font-face { src: url(https://example.org/a.woff2) }", STYLE)
    assert not wrong("a { background: url(data:image/svg+xml,x) }", STYLE)


def test_a_colour_stands_in_the_tokens_alone() -> None:
    assert wrong("p { color: #c00 }", STYLE)
    assert wrong('<path fill="#aa0000"/>')
    assert not wrong("#face { color: var(--nj-ink) }", STYLE)
    assert not wrong(":root { --nj-red: #b3261e; }", "niangjia/kernel/web/static/niangjia/tokens.css")


def test_a_form_that_changes_something_has_its_token() -> None:
    assert wrong('<form method="post"><input></form>')
    assert wrong('<form class="a" hx-post="/x/"><input></form>')
    assert not wrong('<form method="post">{% csrf_token %}<input></form>')
    assert not wrong('<form method="get"><input></form>')


def test_a_part_may_bring_the_token() -> None:
    page = Source(PAGE, '<form method="post">{% include "web/parts/fields.html" %}</form>')
    assert not list(templates.judge(page, frozenset({"web/parts/fields.html"})))
    assert list(templates.judge(page, frozenset({"web/parts/other.html"})))


def test_the_token_of_one_form_does_not_serve_the_next() -> None:
    assert wrong('<form method="post">{% csrf_token %}</form><form method="post"></form>')


@pytest.mark.parametrize(
    "text", ["<p>会员</p>", '<input placeholder="姓名">', '{% include "a" with title="会员" %}', "<p>，</p>"]
)
def test_bare_chinese_is_found(text: str) -> None:
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        '<p>{% translate "会员" %}</p>',
        "{% blocktranslate %}共 {{ n }} 人{% endblocktranslate %}",
        "{# 会员 #}",
        "{% comment %}会员{% endcomment %}",
        "<!-- 会员 -->",
        '{% include "a" with title=_("会员") %}',
        '<a lang="zh-CN" translate="no">中文</a>',
    ],
)
def test_chinese_that_can_be_translated_is_fine(text: str) -> None:
    assert not wrong(text)


def test_the_line_of_the_fault_is_the_line_of_the_file() -> None:
    faults = list(templates.judge(Source(PAGE, "<p>a</p>\n{# 会\n员 #}\n<p>会员</p>\n")))
    assert [fault.line for fault in faults] == [4]
