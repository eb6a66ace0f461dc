"""Templates and styles: nothing inline, nothing from outside, no colour of one's own, every word translatable."""

import re
from collections.abc import Callable, Iterator

from checking.report import Fault, conclude
from checking.tree import Source, sources

Found = Iterator[tuple[int, str, str, str]]

SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b", re.IGNORECASE)
STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^<>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE)
JAVASCRIPT = re.compile(r"\b(?:javascript|vbscript):", re.IGNORECASE)
OUTSIDE = re.compile(
    r"\b(?:src|href|action|poster|srcset|data|hx-(?:get|post|put|patch|delete))\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//",
    re.IGNORECASE,
)
COLOUR_ATTRIBUTE = re.compile(r"=\s*[\"']\s*#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\s*[\"']", re.IGNORECASE)
COLOUR_DECLARATION = re.compile(r":[^;{}]*#[0-9a-f]{3,8}\b[^;{}]*[;}]", re.IGNORECASE)
TOKENS = "/tokens.css"
FORM = re.compile(r"<form\b[^>]*>.*?(?:</form\s*>|\Z)", re.IGNORECASE | re.DOTALL)
INCLUDED = re.compile(r"\{%\s*include\s+[\"']([^\"']+)[\"']")
CSRF = "{% csrf_token %}"
POSTS = re.compile(r"^<form\b[^>]*\b(?:method\s*=\s*[\"']?post|hx-(?:post|put|patch|delete)\b)", re.IGNORECASE)
CHINESE = re.compile(r"[\u3001\u3002\u300a-\u300f\u3400-\u9fff\uff01\uff0c\uff1a\uff1b\uff1f]")
# Where Chinese words may stand: comments, what is translated, what says of itself that it has one language.
SILENT = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*(?:translate|trans)\b.*?%\}"
    r"|\{%\s*(?:blocktranslate|blocktrans)\b.*?\{%\s*end(?:blocktranslate|blocktrans)\s*%\}"
    r"|_\(\s*(?:\"[^\"]*\"|'[^']*')\s*\)"
    r"|<(?P<tag>\w+)\b[^>]*\btranslate=\"no\"[^>]*>.*?</(?P=tag)>",
    re.DOTALL,
)


def inline(source: Source) -> Found:
    """The security policy of every page forbids what stands inline; such a page would look broken."""
    why = "the page's security policy forbids it."
    for pattern, what, remedy in (
        (SCRIPT, "a script inside the page", "a file in static/niangjia, with `defer`."),
        (STYLE, "a style inside the page", "a class in components.css."),
        (STYLE_ATTRIBUTE, "a `style=`", "a class; widths by <progress>."),
        (HANDLER, "a handler written on an element", "a data- attribute, and the handler in a file."),
        (JAVASCRIPT, "a javascript: address", "a button, and the handler in a file."),
    ):
        for found in pattern.finditer(source.text):
            yield source.line_of(found.end()), what, why, remedy


def outside(source: Source) -> Found:
    """Unions work in closed networks: no page asks another server for anything."""
    for found in OUTSIDE.finditer(source.text):
        yield source.line_of(found.start()), "an address outside", "closed networks have none.", "serve it from static."


def colours(source: Source) -> Found:
    """Both themes and large type follow the tokens; a colour written elsewhere follows nobody."""
    if source.path.endswith(TOKENS):
        return
    pattern = COLOUR_DECLARATION if source.path.endswith(".css") else COLOUR_ATTRIBUTE
    for found in pattern.finditer(source.text):
        line = source.line_of(found.start() + found[0].index("#"))
        yield line, "a colour of its own", "it would not follow the theme.", "a token of tokens.css."


def forms(source: Source, with_token: frozenset[str] = frozenset()) -> Found:
    """A form that changes something proves that it came from our own page; a part it includes may bring the token."""
    for found in FORM.finditer(source.text):
        parts = set(INCLUDED.findall(found[0]))
        if POSTS.match(found[0]) and CSRF not in found[0] and not parts & with_token:
            yield (
                source.line_of(found.start()),
                "a form without csrf_token",
                "any other page could send it.",
                f"put {CSRF} inside.",
            )


def words(source: Source) -> Found:
    """A person's language decides: each Chinese word in a template can be translated."""
    heard = SILENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source.text)
    for number, line in enumerate(heard.splitlines(), start=1):
        found = CHINESE.search(line)
        if found:
            text = line.strip()[:24]
            yield (
                number,
                f"bare Chinese `{text}`",
                "an English reader would meet it.",
                '{% translate %}, or translate="no" on the element where one language is meant.',
            )


PAGE_RULES: tuple[Callable[[Source], Found], ...] = (inline, outside, colours, words)
STYLE_RULES: tuple[Callable[[Source], Found], ...] = (outside, colours)


def judge(source: Source, with_token: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """All rules that apply to one page or style sheet."""
    is_page = source.path.endswith(".html")
    found = [item for rule in (PAGE_RULES if is_page else STYLE_RULES) for item in rule(source)]
    if is_page:
        found += forms(source, with_token)
    for line, what, why, remedy in found:
        yield Fault(source.path, line, what, why, remedy)


def faults() -> Iterator[Fault]:
    """Everything wrong in the pages and style sheets of the product."""
    files = list(sources(".html", ".css", under="niangjia/"))
    with_token = frozenset(source.path.split("/templates/")[-1] for source in files if CSRF in source.text)
    for source in files:
        yield from judge(source, with_token)


if __name__ == "__main__":
    raise SystemExit(conclude("templates", faults(), "nothing inline, nothing from outside, every word translatable"))
