"""Templates with their constant parts made once: for a process, a language and an address book, never for a person.

Half of what a page says is the same for everybody: its words in one language, its icons, addresses of files and of pages.
Django makes all of it anew for every page. Here a template, once read, has each run of such parts as one piece that is
rendered once and kept. Only what the template itself says is kept: a part that names a variable, takes the page's
context or gives a name to what it made is rendered each time, so nothing of a person can stay.
"""

from collections.abc import Callable, Iterable
from html import escape
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Template, TextNode, Variable, VariableNode
from django.template.base import render_value_in_context as rendered_by_django
from django.template.context import Context
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders.cached import Loader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from niangjia.kernel.web.templatetags import niangjia_web

# Tags of ours that say the same for the same words, whoever looks.
SAME_FOR_ALL = (niangjia_web.icon, niangjia_web.state, niangjia_web.due)


class FoldingLoader(Loader):
    """Reads a template once and keeps it folded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock = Lock()
        self._folded: dict[str, Template] = {}

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The template of this name, folded."""
        key = str(self.cache_key(template_name, skip)) if skip else template_name
        found = self._folded.get(key)
        if found is None:
            # Two threads must not fold what one of them is rendering already.
            with self._lock:
                found = self._folded.get(key) or super().get_template(template_name, skip)
                if key not in self._folded:
                    fold(found.nodelist)
                    self._folded[key] = found
        return found

    def reset(self) -> None:
        """Templates are read anew."""
        super().reset()
        self._folded.clear()


class Constant(Node):
    """A run of parts that say the same to everybody."""

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts
        self.made: dict[tuple[str | None, str], str] = {}

    def render_annotated(self, context: Context) -> str:
        """What is said in this language."""
        key = (get_language(), settings.ROOT_URLCONF)
        made = self.made.get(key)
        if made is None:
            made = self.made[key] = SafeString("".join(str(part.render_annotated(context)) for part in self.parts))
        return made

    render = render_annotated


class Value(Node):
    """A variable of the page; as Django writes it, without the detours that plain words do not need."""

    def __init__(self, node: VariableNode) -> None:
        self.filter_expression = node.filter_expression
        self.token, self.origin = node.token, node.origin

    def render(self, context: Context) -> str:
        """The value, escaped."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        return written(value, context)


class Said(Node):
    """A sentence with places for values; its words are gathered once, not for every page."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.node = node
        self.token, self.origin = node.token, node.origin
        self.one, names = node.render_token_list(node.singular)
        self.many, more = node.render_token_list(node.plural) if _counts(node) else ("", [])
        self.names = tuple(dict.fromkeys([*names, *more]))

    def render(self, context: Context) -> str:
        """The sentence in this language; where its words do not fit, as Django does it."""
        node = self.node
        given = {name: value.resolve(context) for name, value in node.extra_context.items()}
        if node.counter is not None and node.countervar is not None and self.many:
            number = given[node.countervar] = node.counter.resolve(context)
            if not isinstance(number, int):
                return str(node.render(context))
            words = ngettext(self.one, self.many, number)
        else:
            words = gettext(self.one)
        try:
            places = {name: written(given[name] if name in given else context[name], context) for name in self.names}
            said = words % places
        except (KeyError, ValueError):
            return str(node.render(context))
        if node.asvar is None:
            return said
        context[node.asvar] = SafeString(said)
        return ""


def written(value: Any, context: Context) -> str:
    """A value as Django writes it into a page."""
    if isinstance(value, Promise):
        value = str(value)
    if not isinstance(value, str):
        return rendered_by_django(value, context)
    if hasattr(value, "__html__") or not context.autoescape:
        return value
    return escape(value)


def fold(nodes: NodeList) -> None:
    """Put one piece in the place of each run of constant parts, here and in everything inside."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, LoadNode | CommentNode):
            continue
        if _is_constant(node):
            run.append(node)
            continue
        folded += _joined(run)
        run = []
        for inside in _inside(node):
            fold(inside)
        folded.append(_quicker(node))
    nodes[:] = [*folded, *_joined(run)]


def _joined(run: list[Node]) -> list[Node]:
    """Text alone stays what it is."""
    return [Constant(run)] if any(not isinstance(node, TextNode) for node in run) else run


def _inside(node: Node) -> Iterable[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _condition, nodes in node.conditions_nodelists]
    return [value for value in vars(node).values() if isinstance(value, NodeList)]


def _quicker(node: Node) -> Node:
    if type(node) is VariableNode:
        return Value(node)
    if type(node) is BlockTranslateNode and node.message_context is None:
        return Said(node)
    return node


def _is_constant(node: Node) -> bool:
    known = CONSTANT.get(type(node))
    return known is not None and known(node)


def _plain(*expressions: FilterExpression) -> bool:
    """Whether these are words or numbers that the template itself says, with no filter on them."""
    return all(
        isinstance(each, FilterExpression)
        and not each.filters
        and (not each.is_var or (isinstance(each.var, Variable) and each.var.lookups is None))
        for each in expressions
    )


def _is_plain_address(node: Any) -> bool:
    named = _plain(node.view_name) and not node.args and not node.kwargs and node.asvar is None
    return named and ":" not in str(node.view_name.token)


def _is_plain_tag(node: Any) -> bool:
    pure = node.func in SAME_FOR_ALL and node.target_var is None and not node.takes_context
    return pure and _plain(*node.args, *node.kwargs.values())


def _counts(node: BlockTranslateNode) -> bool:
    return bool(node.plural and node.countervar and node.counter)


CONSTANT: dict[type[Node], Callable[[Any], bool]] = {
    TextNode: lambda _node: True,
    TranslateNode: lambda node: (
        _plain(node.filter_expression) and not (node.asvar or node.message_context or node.noop)
    ),
    BlockTranslateNode: lambda node: (
        not (_counts(node) or node.extra_context or node.asvar or node.message_context)
        and not node.render_token_list(node.singular)[1]
    ),
    StaticNode: lambda node: node.varname is None and _plain(node.path),
    URLNode: _is_plain_address,
    SimpleNode: _is_plain_tag,
}
