"""The one box: who is found by what, in which order, under whose rights."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting_as_account
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.search.rules import Asked
from niangjia.kernel.search.searching import Group, groups_for
from niangjia.kernel.web.todo import ToDo
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.members import queries
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at, client_at, register

pytestmark = pytest.mark.django_db
RULE = "search-under-rights"
KEEPS = "the search box shows nobody and nothing outside the actor's own places, neither as a row nor as a number"


@pytest.fixture
def office() -> Office:
    office = Office()
    enrol(CHEN, office.mill)
    enrol(LIU, office.plant)
    facts = EmployerFacts(name="鸿远纺织有限公司", place_id=office.mill.pk, employees=1_200, women_employees=800)
    register_employer(facts, by=OPERATOR)
    return office


def found(words: str, actor: Actor) -> dict[str, list[str]]:
    """Titles of the hits by group, as one actor finds them."""
    return {group.source.key: titles(group) for group in groups_for(actor, Asked.typed(words))}


def titles(group: Group) -> list[str]:
    return [str(hit.title) for hit in group.found.hits]


def chair_of(union: Union) -> tuple[Any, Client]:
    account = an_account(f"chair-{union.pk}", role=Role.CHAIR, at=union.place)
    return account, open_session(Client(), account)


@pytest.mark.parametrize(
    "words",
    ["陈桂兰", "桂兰", "陈", "陈 兰", "chenguilan", "CHENgui", "cgl", "ＣＧＬ", ID_CHEN[-4:], ID_CHEN, ID_CHEN.lower(), PHONE_CHEN, "138 0013 2206"],
)  # fmt: skip
def test_a_person_is_found_by_name_pinyin_initials_tail_whole_number_and_phone(office: Office, words: str) -> None:
    assert found(words, actor_at(office.county))["members"] == ["陈桂兰"]


@pytest.mark.parametrize("words", ["鸿远", "鸿远 工会", "hyfz", "hongyuan", "hongyuanfangzhi", "fzyxgsgh", "HYFZ"])
def test_a_union_is_found_by_part_of_its_name_pinyin_and_initials(office: Office, words: str) -> None:
    assert found(words, actor_at(office.county))["unions"] == ["鸿远纺织有限公司工会"]


def test_a_union_is_found_by_its_code_and_the_beginning_of_it(office: Office) -> None:
    code = office.mill.code
    assert found(code, actor_at(office.county))["unions"] == [office.mill.name]
    assert found(code.lower(), actor_at(office.county))["unions"] == [office.mill.name]
    assert office.mill.name in found(code[:8], actor_at(office.county))["unions"]


@pytest.mark.parametrize("words", ["纺织", "hyfzyxgs", "fangzhi"])
def test_an_employer_is_found_by_part_of_its_name_pinyin_and_initials(office: Office, words: str) -> None:
    assert found(words, actor_at(office.county))["employers"] == ["鸿远纺织有限公司"]


@pytest.mark.parametrize("words", ["导入", "dr", "daoru", "import", "花名册", "hmc", "Excel"])
def test_a_page_is_found_by_its_title_in_both_languages_pinyin_and_other_words(office: Office, words: str) -> None:
    assert "导入" in found(words, actor_at(office.county))["pages"]


def test_a_page_is_offered_to_whom_the_navigation_offers_it(office: Office) -> None:
    assert "导入" not in found("导入", actor_at(office.county, Role.AUDITOR)).get("pages", [])
    assert "账号" in found("账号", actor_at(office.county, Role.SECURITY_ADMIN))["pages"]
    assert "账号" not in found("账号", actor_at(office.county)).get("pages", [])


@pytest.mark.guard(RULE, KEEPS)
@pytest.mark.parametrize(
    "words", ["刘秀英", "lxy", LIU["id_number"], LIU["phone"], LIU["id_number"][-4:], "宏达", "hdwj"]
)
def test_what_lies_elsewhere_is_not_found(office: Office, words: str) -> None:
    account, _client = chair_of(office.mill)
    actor = actor_at(office.mill, Role.CHAIR)
    with acting_as_account(account.pk):
        assert found(words, actor) == {}
    # Of a right that the database knows and the desk does not look at, nothing either.
    assert found(words, actor) == {}
    assert found(words, actor_at(office.county)) != {}


@pytest.mark.control(RULE)
def test_without_the_places_asked_about_the_wall_alone_would_show_the_whole_city_to_the_operator(
    office: Office,
) -> None:
    """The function that looks beyond the wall shows everybody where it is told that all places are meant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_found_first('{lxy}', '', 'lxy', 'lxy', '{\"\"}', 6)")
        assert cursor.fetchall()
        cursor.execute("SELECT members_found_first('{lxy}', '', 'lxy', 'lxy', %s, 6)", [[office.mill.place.path]])
        assert not cursor.fetchall()


def test_the_function_behind_the_wall_judges_by_itself(office: Office) -> None:
    account, _client = chair_of(office.mill)
    everywhere = "SELECT count(*) FROM members_found_first('{}', '', 'l', '', '{\"\"}', 100)"
    with connection.cursor() as cursor:
        with acting_as_account(account.pk):
            cursor.execute(everywhere)
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT count(*) FROM employers_found('{%%}', '')")
            assert cursor.fetchone() == (1,)
        with acting_as_account(None):
            cursor.execute(everywhere)
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM employers_found('{%%}', '')")
            assert cursor.fetchone() == (0,)


@pytest.mark.guard(
    "whole-number-elsewhere-like-absent", "a number of somebody elsewhere is answered like one nobody has"
)
@pytest.mark.parametrize("address", ["/search/", "/search/suggestions/"])
def test_a_whole_number_from_elsewhere_is_answered_like_one_that_nobody_has(office: Office, address: str) -> None:
    _account, client = chair_of(office.mill)
    elsewhere, nobody = LIU["id_number"], a_number("34992119870611", 444)
    with clock.at(clock.now()):
        answers = [client.post(address, {"q": number}) for number in (elsewhere, nobody)]
    bodies = [
        answer.content.decode().replace(number[-4:], "…")
        for answer, number in zip(answers, (elsewhere, nobody), strict=True)
    ]
    assert bare(bodies[0]) == bare(bodies[1])
    assert "刘秀英" not in bodies[0]


@pytest.mark.control("whole-number-elsewhere-like-absent")
def test_a_number_of_ones_own_member_is_answered_with_her(office: Office) -> None:
    _account, client = chair_of(office.mill)
    assert "陈桂兰" in client.post("/search/", {"q": ID_CHEN}).content.decode()


def bare(text: str) -> str:
    """A page without the tokens that differ each time."""
    lines = (line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "CSRF" not in line)
    return "\n".join(lines)


def test_whole_names_and_codes_come_first_then_what_begins_so(office: Office) -> None:
    for number in range(7):
        register(f"鸿远纺织第{number}车间分会", Level.BRANCH, office.mill)
    shop = register("小鸿远", Level.GROUP, office.plant)
    named = register("鸿远", Level.GROUP, office.plant)
    assert found("鸿远", actor_at(office.county))["unions"][:2] == [named.name, office.mill.name]
    assert shop.name not in found("鸿远", actor_at(office.county))["unions"]
    assert found(shop.code, actor_at(office.county))["unions"][0] == shop.name


def test_of_people_the_whole_name_comes_first_also_by_pinyin(office: Office) -> None:
    for number, name in enumerate(["王伟东", "王伟", "大王伟", "王伟民"]):
        enrol({"name": name, "id_number": a_number("34992119790225", 20 + number)}, office.mill)
    assert found("王伟", actor_at(office.county))["members"][0] == "王伟"
    assert found("wangwei", actor_at(office.county))["members"][0] == "王伟"
    # The same from the index of names, as where somebody keeps more members than are gone through.
    assert queries.first_found(OPERATOR, "王伟", most=6)[0] == queries.first_found(OPERATOR, "wangwei", most=6)[0]


def test_five_of_a_group_then_all_of_them_in_the_list_with_the_same_search(office: Office) -> None:
    for number in range(7):
        enrol({"name": "周敏", "id_number": a_number("34992119790225", 20 + number)}, office.mill)
    enrol({"name": "周敏", "id_number": a_number("34992119790225", 40)}, office.plant)
    (group,) = groups_for(actor_at(office.town), Asked.typed("周敏"))
    assert (len(group.found.hits), group.found.address) == (5, "/members/?q=%E5%91%A8%E6%95%8F")
    assert group.found.counted == "全部 7 人"
    assert "7 人" in client_at(office.town).get(group.found.address).content.decode()


def test_no_address_takes_up_a_number(office: Office) -> None:
    for number in range(7):
        enrol(
            {
                "name": f"周敏{'一二三四五六七'[number]}",
                "id_number": a_number("34992119790225", 20 + number),
                "phone": PHONE_CHEN,
            },
            office.mill,
        )
    (group,) = groups_for(actor_at(office.town), Asked.typed(PHONE_CHEN))
    assert (len(group.found.hits), group.found.address, group.found.counted) == (5, "", "")


def test_the_page_says_what_was_found_and_where_the_rest_is(office: Office) -> None:
    text = client_at(office.county).get("/search/?q=鸿远").content.decode()
    assert "鸿远纺织有限公司工会" in text
    assert "鸿远纺织有限公司" in text
    assert 'value="鸿远"' in text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search/", "一个框，什么都能找"),
        ("/search/?q=%20", "一个框，什么都能找"),
        ("/search/?q=c", "再写一个字母"),
        ("/search/?q=不存在的人", "没有找到「不存在的人」"),
        ("/search/?q=" + "甲" * 80, "甲" * 64 + "」"),
        ("/search/?q=%00%00", "一个框，什么都能找"),
        ("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_the_page_says_what_to_try_next(office: Office, address: str, words: str) -> None:
    text = client_at(office.county).get(address).content.decode()
    assert words in text
    assert "<script>alert" not in text


@pytest.mark.guard("no-number-in-an-address", "a whole number is looked for by POST alone and never repeated by a page")
@pytest.mark.parametrize("number", [ID_CHEN, PHONE_CHEN, "138 0013-2206", "１３８００１３２２０６"])
def test_a_number_in_an_address_finds_nobody_and_is_not_repeated(office: Office, number: str) -> None:
    client = client_at(office.county)
    sent_on = client.get("/search/", {"q": number})
    assert sent_on.headers["Location"] == "/search/?number=1"
    text = client.get(sent_on.headers["Location"]).content.decode()
    assert "号码不要写在网址里" in text
    assert "陈桂兰" not in text
    posted = client.post("/search/", {"q": number}).content.decode()
    assert "陈桂兰" in posted
    for page in (text, posted):
        assert number not in page
        assert ID_CHEN not in page
        assert PHONE_CHEN not in page
    assert number not in str(dict(client.session))


@pytest.mark.control("no-number-in-an-address")
def test_words_that_are_no_number_are_repeated(office: Office) -> None:
    assert 'value="3021"' in client_at(office.county).get("/search/?q=3021").content.decode()


@pytest.mark.parametrize("words", ["%", "_", "%%", "__", "\\", "'", '"', "/", "a%", "%%%%%", "甲%", "(", "[", "*"])
def test_what_a_database_reads_as_a_wildcard_is_a_character_like_others(office: Office, words: str) -> None:
    actor = actor_at(office.county)
    assert {key: hits for key, hits in found(words, actor).items() if key != "pages"} == {}


def test_a_letter_in_the_name_is_found_and_a_percent_sign_means_itself(office: Office) -> None:
    register("百分之100%TCL工会", Level.GROUP, office.plant)
    for words in ("100%", "tcl", "TCL", "%t"):
        assert found(words, actor_at(office.county))["unions"] == ["百分之100%TCL工会"]


def test_suggestions_come_by_post_alone_and_begin_with_two_letters(office: Office) -> None:
    client = client_at(office.county)
    assert client.get("/search/suggestions/?q=陈").status_code == 405
    text = client.post("/search/suggestions/", {"q": "陈桂兰"}).content.decode()
    assert 'role="option"' in text
    assert "陈桂兰" in text
    assert client.post("/search/suggestions/", {"q": "c"}).content.decode().strip() == ""
    assert client.post("/search/suggestions/", {"q": ""}).content.decode().strip() == ""
    assert "没有找到" in client.post("/search/suggestions/", {"q": "不存在的人"}).content.decode()


def test_a_search_from_elsewhere_in_the_net_is_refused(office: Office) -> None:
    client = client_at(office.county)
    client.handler.enforce_csrf_checks = True
    assert client.post("/search/", {"q": "陈桂兰"}).status_code == 403


def test_a_group_asks_at_most_three_questions_however_many_there_are(office: Office) -> None:
    for number in range(30):
        register(f"鸿远第{number}小组", Level.GROUP, office.mill)
    actor = actor_at(office.county)
    with CaptureQueriesContext(connection) as asked:
        groups_for(actor, Asked.typed("鸿远"), is_typing=True)
    assert len(asked) <= 7, [each["sql"][:90] for each in asked]


def test_a_worker_finds_pages_and_nobody(office: Office) -> None:
    account = an_account("worker", role=None)
    text = open_session(Client(), account).post("/search/", {"q": "陈桂兰"}).content.decode()
    assert "没有找到" in text


def two_things(_actor: Actor, _on: date) -> list[ToDo]:
    """What waits, as a line of work declares it."""
    return [
        ToDo("transfer", "users", "陈桂兰转会", "/members/transfers/1/", "去办", note=("宏达五金",)),
        ToDo("file", "upload", "核对花名册", "/members/imports/7/", "去办"),
    ]


@pytest.mark.parametrize("words", ["转会", "桂兰转", "chengui", "宏达", "hdwj"])
def test_a_thing_to_do_is_found_on_the_page_and_not_with_every_letter(
    office: Office, settings: Any, words: str
) -> None:
    settings.NIANGJIA_THINGS_TO_DO = (f"{__name__}.two_things",)
    actor = actor_at(office.town)
    assert found(words, actor)["things"] == ["陈桂兰转会"]
    typing = groups_for(actor, Asked.typed(words), is_typing=True)
    assert "things" not in [group.source.key for group in typing]


def test_a_single_character_is_a_surname_first(office: Office) -> None:
    for number, name in enumerate(["阿兰", "白玉兰", "兰天"]):
        enrol({"name": name, "id_number": a_number("34992119790225", 20 + number)}, office.mill)
    members = found("兰", actor_at(office.town))["members"]
    assert members[0] == "兰天"
    assert sorted(members) == sorted(["兰天", "阿兰", "白玉兰", "陈桂兰"])
