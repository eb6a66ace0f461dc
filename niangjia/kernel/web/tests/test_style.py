import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.test.signals import template_rendered

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes

pytestmark = pytest.mark.django_db
STYLE = "/style/", "/style/pictures/"
TAGS = settings.ROOT / "kernel" / "web" / "templatetags"
PARTS = settings.ROOT / "kernel" / "web" / "templates" / "web" / "parts"
# Parts that make sense in one place alone, and where that is.
IN_ONE_PLACE = {
    "back.html": "the worker's own pages",
    "beside_today.html": "today",
    "by_phone.html": "the door",
    "passkey.html": "the door",
    "phone_form.html": "the door",
    "picker.html": "forms that ask the register; what it finds is on the page",
    "places.html": "the menu of places, which asks for it",
    "told_looks.html": "the worker's own pages",
    "sealed.html": "beside a value that is really kept",
}


@pytest.fixture
def desk():
    return open_session(Client(), with_codes(an_account("zhou", post="权益保障部部长")))


@pytest.fixture
def drawn(desk):
    """The templates that the style pages are made of, by name."""
    found = {}

    def heard(template, **_):
        if template.name and template.origin:
            found[template.name] = Path(template.origin.name).read_text("utf-8")

    template_rendered.connect(heard)
    for address in STYLE:
        assert desk.get(address).status_code == 200
    template_rendered.disconnect(heard)
    return found


def libraries():
    return [import_module(f"niangjia.kernel.web.templatetags.{path.stem}") for path in TAGS.glob("niangjia_*.py")]


def not_shown(names, sources):
    """Of these tags and filters, those that none of the sources uses."""
    words = "\n".join(sources)
    return sorted(name for name in names if not re.search(rf"{{%\s*{name}\b|\|{name}\b", words))


def test_every_part_of_the_library_is_on_the_style_page(drawn):
    names = {name for library in libraries() for name in (*library.register.tags, *library.register.filters)}
    assert len(names) > 40
    assert not_shown({name for name in names if not name.startswith("end")}, drawn.values()) == []


def test_a_part_that_is_not_shown_is_found(drawn):
    assert not_shown({"state", "a_part_that_nobody_shows"}, drawn.values()) == ["a_part_that_nobody_shows"]


def test_every_partial_is_on_the_style_page_or_belongs_to_one_place(drawn):
    shown = {name.rpartition("/")[2] for name in drawn if "/parts/" in name}
    left = {path.name for path in PARTS.glob("*.html")} - shown - set(IN_ONE_PLACE)
    assert left == set()


@pytest.mark.parametrize("look", ["theme=dark", "large_type=on", "language=en", "language=zh-hans&theme=light"])
def test_it_is_shown_in_the_look_that_the_address_asks_for_and_keeps_nothing(desk, look):
    page = desk.get(f"/style/?{look}").content.decode()
    marks = {"theme=dark": 'data-bs-theme="dark"', "large_type=on": 'data-type="large"', "language=en": 'lang="en"'}
    assert marks.get(look, 'lang="zh-CN"') in page
    assert 'lang="zh-CN" data-bs-theme="light">' in desk.get("/style/").content.decode()


def test_in_english_nothing_of_it_is_chinese_but_names(desk):
    main = desk.get("/style/?language=en").content.decode().partition("<main")[2]
    text = re.sub(r"<[^>]+>", " ", main)
    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) <= {
        "何静",
        "何志刚",
        "陈",
        "陈桂兰",
        "陈*兰",
        "兰",
        "周敏",
        "刘洋",
        "周",
        "中文",
    }


def test_workers_and_strangers_have_no_style_page():
    worker = open_session(Client(), an_account("chen", role=Role.WORKER, name="陈桂兰"))
    assert worker.get("/style/").status_code == 404
    assert Client().get("/style/").headers["Location"].startswith("/sign-in/")
