from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.base import Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import IfNode
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from niangjia.kernel.web.folding import Constant, FoldingLoader, Value

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "niangjia_web": "niangjia.kernel.web.templatetags.niangjia_web",
}
FRAME = '<h1>{% translate "消息" %}</h1>{% icon "bell" %}{% block inside %}{% endblock %}<a href="{% url \'settings\' %}">x</a>'
PAGE = """{% extends "frame" %}{% load i18n static niangjia_web %}{# nothing #}{% block inside %}
<img src="{% static 'niangjia/mark.svg' %}">{% translate "设置" as named %}{{ named }} {% translate kind %}
{% for each in people %}{% icon "eye" %}{{ each.name }} {{ each.name|upper }}{% if forloop.first %}{% translate "消息" %}{% else %}, {% endif %}
{% blocktranslate trimmed count n=each.n with who=each.name %}{{ who }} 有 {{ n }} 条 100%{% plural %}{{ who }} 有 {{ n }} 条 100%{% endblocktranslate %}
{% blocktranslate trimmed with who=each.name %}为了{{ who }}{% endblocktranslate %}{% blocktranslate asvar kept %}<b>{{ missing }}</b>{% endblocktranslate %}{{ kept }}
{% blocktranslate %}设置{% endblocktranslate %}{% include "part" with of=each %}{% icon each.icon %}{% state "quiet" each.name %}{% empty %}{% translate "设置" %}{% endfor %}
{% autoescape off %}{{ people.0.name }}{% blocktranslate with who=people.0.name %}为了{{ who }}{% endblocktranslate %}{% endautoescape %}
{{ number }} {{ at }} {{ lazy }} {{ words }} {{ safe }} {{ nothing_there }} {{ none }} {{ 5 }} {{ "<b>" }} {{ _("设置") }}{% endblock %}"""
SOURCES = {
    "frame": "{% load i18n static niangjia_web %}" + FRAME,
    "page": PAGE,
    "part": "{% load i18n %}{% translate '消息' %} {{ of.name }}",
}
WANG = {"name": "王<秀>兰", "n": 1, "icon": "eye"}
LI = {"name": "李 & 强", "n": 1234, "icon": "bell"}


def engine(loader):
    return Engine(loaders=[(loader, [("django.template.loaders.locmem.Loader", SOURCES)])], libraries=LIBRARIES)


def given(*people):
    lazy = {"lazy": gettext_lazy("设置"), "words": lazystr("<i>"), "safe": SafeString("<i>")}
    return {"people": people, "kind": "消息", "number": 12345.5, "at": Path("<x>"), "none": None, **lazy}


def insides(nodes):
    """Every node of a template, wherever it stands."""
    for node in nodes:
        yield node
        held = (
            [nodes for _condition, nodes in node.conditions_nodelists]
            if isinstance(node, IfNode)
            else vars(node).values()
        )
        for each in held:
            if isinstance(each, NodeList):
                yield from insides(each)


class Closed(Context):
    """The things of a page, of which none may be asked for."""

    def __getitem__(self, key):
        raise AssertionError(key)

    def get(self, key, otherwise=None):
        raise AssertionError(key)

    def __contains__(self, key):
        raise AssertionError(key)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_folded_page_says_what_django_says(language):
    folded, plain = engine("niangjia.kernel.web.folding.FoldingLoader"), engine("django.template.loaders.cached.Loader")
    with override(language):
        for people in ([WANG], [LI, WANG], [], [LI]):
            said = [each.get_template("page").render(Context(given(*people))) for each in (folded, plain)]
            assert said[0] == said[1]
            assert ("王&lt;秀&gt;兰" in said[0]) is (WANG in people)


def test_a_page_once_made_speaks_the_language_of_whoever_comes_next():
    folded = engine("niangjia.kernel.web.folding.FoldingLoader")
    said = []
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            said.append(folded.get_template("frame").render(Context({})))
    assert said[0] == said[2] != said[1]
    assert "<h1>消息</h1>" in said[0]
    assert "消息" not in said[1]


def templates():
    root = Path(settings.ROOT)
    return sorted({str(path).partition("/templates/")[2] for path in root.glob("**/templates/**/*.html")})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_kept_of_any_page_asks_nothing_of_a_person(language):
    kept = 0
    with override(language):
        for name in templates():
            template = Engine.get_default().get_template(name)
            for node in insides(template.nodelist):
                if isinstance(node, Constant):
                    closed = Closed({"user": WANG})
                    closed.template = template
                    assert node.render(closed) == "".join(part.render(closed) for part in node.parts)
                    kept += 1
    assert kept > 500


def test_what_names_a_variable_is_never_kept():
    folded = engine("niangjia.kernel.web.folding.FoldingLoader")
    parts = [
        part
        for name in SOURCES
        for node in insides(folded.get_template(name).nodelist)
        for part in getattr(node, "parts", ())
    ]
    assert parts
    assert not any(isinstance(part, Value | VariableNode) for part in parts)
    assert any(isinstance(part, Node) and not isinstance(part, TextNode) for part in parts)


def test_the_program_reads_its_templates_folded():
    loaders = Engine.get_default().template_loaders
    assert [type(each) for each in loaders] == [FoldingLoader]
    loaders[0].get_template("web/desk.html")
    loaders[0].reset()
    assert isinstance(loaders[0].get_template("web/desk.html").nodelist[0], Node)
