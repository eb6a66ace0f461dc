"""Pages of cards through the client: hers, the desk's, the counter's."""

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.cards import services
from niangjia.registers.cards.models import Card, PrintBatch
from niangjia.registers.cards.printing import print_cards
from niangjia.registers.cards.tests.world import Counter, herself
from niangjia.registers.orgs.tests.office import client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Counter:
    return Counter()


def hers(world: Counter) -> Client:
    return open_session(Client(), world.chen_account)


def test_her_card_is_shown_with_the_codes_of_the_next_minutes(world: Counter) -> None:
    page = hers(world).get("/mine/card/")
    words = page.content.decode()
    assert "陈桂兰" in words
    assert world.card.shown_number in words
    assert words.count("data-begins=") == 5
    assert words.count("nj-scan-code") == 6
    assert '<noscript><meta http-equiv="refresh"' in words
    assert "no-store" in page["Cache-Control"]


def test_whoever_has_no_card_takes_one_by_one_press(world: Counter) -> None:
    liu = open_session(Client(), an_account("liu", role=None, subject_id=world.liu.pk))
    assert "领会员卡" in liu.get("/mine/card/").content.decode()
    liu.post("/mine/card/")
    assert Card.objects.get(person=world.liu).state == "in_use"


def test_who_is_no_member_is_told_so(world: Counter) -> None:
    nobody = open_session(Client(), an_account("nobody", role=None))
    assert "现在没有能用的会员卡" in nobody.get("/mine/card/").content.decode()
    nobody.post("/mine/card/")
    assert Card.objects.count() == 1


def test_she_stops_frees_and_replaces_it(world: Counter) -> None:
    client = hers(world)
    client.post("/mine/card/", {"freeze": "1"})
    words = client.get("/mine/card/").content.decode()
    assert "恢复使用" in words
    assert "data-begins" not in words
    client.post("/mine/card/", {"unfreeze": "1"})
    client.post("/mine/card/", {"replace": "1"})
    assert sorted(Card.objects.values_list("state", flat=True)) == ["in_use", "lost"]


def test_what_the_union_froze_says_why_and_whom_to_ask(world: Counter) -> None:
    services.freeze(world.card.pk, by=world.chair, because="核对身份")
    words = hers(world).get("/mine/card/").content.decode()
    assert "工会停的：核对身份" in words
    assert 'name="unfreeze"' not in words


def test_a_check_is_answered_and_stands_on_her_page(world: Counter) -> None:
    counter = client_at(world.county, Role.OFFICER)
    page = counter.post("/cards/check/", {"code": world.code(), "purpose": "check_in"}).content.decode()
    assert "有效" in page
    assert "陈**" in page
    assert "桂兰" not in page
    client = hers(world)
    assert "安禾县总工会的经办人" in client.get("/mine/card/").content.decode()
    assert world.card.shown_number in client.get("/mine/").content.decode()


def test_wrong_input_stays_and_says_what_next(world: Counter) -> None:
    counter = client_at(world.county, Role.OFFICER)
    assert "请扫会员手机上的码" in counter.post("/cards/check/", {"code": "", "purpose": "till"}).content.decode()
    assert "不是有效的会员卡码" in counter.post("/cards/check/", {"code": "1", "purpose": "till"}).content.decode()
    assert hers(world).get("/cards/check/").status_code == 404


def test_the_desk_stops_a_card_with_a_reason(world: Counter) -> None:
    chair = client_at(world.mill, Role.CHAIR, login="boss")
    address = f"/cards/{world.chen.pk}/"
    assert "请写明为什么" in chair.post(address, {"do": "freeze", "reason": ""}).content.decode()
    chair.post(address, {"do": "freeze", "reason": "本人来电"})
    assert "本人来电" in chair.get(address).content.decode()
    chair.post(address, {"do": "unfreeze"})
    chair.post(address, {"do": "bank", "number": "6222021234567890128"})
    words = chair.get(address).content.decode()
    assert "**** 0128" in words
    assert "6222021234567890128" not in words
    chair.post(address, {"do": "replace", "reason": "丢了"})
    assert Card.objects.get(person=world.chen, state="in_use") != world.card
    assert client_at(world.park).get(address).status_code == 404


def test_cards_of_a_batch_are_a_sheet(world: Counter) -> None:
    print_cards([world.chen.pk], "yes", by=world.chair)
    batch = PrintBatch.objects.get()
    chair = client_at(world.mill, Role.CHAIR, login="boss")
    assert f"/cards/prints/{batch.pk}/" in chair.get("/cards/prints/").content.decode()
    words = chair.get(f"/cards/prints/{batch.pk}/").content.decode()
    assert "陈桂兰" in words
    assert words.count("nj-scan-code") == 1
    assert client_at(world.park).get(f"/cards/prints/{batch.pk}/").status_code == 404
    services.freeze(world.card.pk, by=herself(world.chen))
    assert "没有有效的卡了" in chair.get(f"/cards/prints/{batch.pk}/").content.decode()


def test_members_are_chosen_in_the_list_and_printed(world: Counter) -> None:
    chair = client_at(world.mill, Role.CHAIR, login="boss")
    address = f"/lists/cards/act/print/?only={world.chen.pk}&value=yes"
    chair.post(address, {"agreed": chair.get(address).context["agreed"]})
    assert Card.objects.get(pk=world.card.pk).print_no == 1
