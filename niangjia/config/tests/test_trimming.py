import re

from django.conf import settings

from niangjia.config.trimming import classes_of, left_out, trimmed
from niangjia.config.vendor import FOLDER, LEFT_OUT

SHEET = (
    '@charset "utf-8";:root{--a:url("data:image/svg+xml,{}")}/* .x{ */.btn,.navbar .btn:not(.a,.b){color:red}'
    "@media (min-width:1px){.modal{top:0}.mb-3{margin:0}}@media print{.modal{top:0}}@keyframes spin{to{top:0}}.navbar{top:0}"
)
CLASSES = re.compile(r'\bclass="((?:[^"{]|{%.*?%}|{{.*?}})*)"')


def test_rules_of_what_is_not_used_go_and_all_else_stays():
    assert trimmed(SHEET) == (
        '@charset "utf-8";:root{--a:url("data:image/svg+xml,{}")}.btn{color:red}'
        "@media (min-width:1px){.mb-3{margin:0}}@keyframes spin{to{top:0}}"
    )
    assert left_out(SHEET) == {"navbar", "modal", "a", "b"}


def test_what_is_trimmed_once_is_not_trimmed_again():
    once = trimmed(SHEET)
    assert trimmed(once) == once


def test_no_template_names_a_class_that_was_left_out():
    gone = frozenset((FOLDER / LEFT_OUT).read_text("utf-8").split())
    assert {"navbar", "modal"} <= gone
    named = {}
    for path in settings.ROOT.glob("**/templates/**/*.html"):
        for words in CLASSES.findall(path.read_text("utf-8")):
            named.update(dict.fromkeys(re.sub(r"{[%{].*?[%}]}", " ", words).split(), path.name))
    ours: set[str] = set()
    for path in settings.ROOT.glob("**/static/**/*.css"):
        if path.parent != FOLDER:
            ours |= classes_of(path.read_text("utf-8"))
    assert {name: place for name, place in named.items() if name in gone - ours} == {}


def test_the_sheet_that_is_served_is_the_trimmed_one():
    served = (FOLDER / "tabler.min.css").read_text("utf-8")
    assert len(served) < 250_000
    assert {"btn-primary", "mb-3", "form-control", "visually-hidden"} <= classes_of(served)
