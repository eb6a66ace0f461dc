"""The pages of terms through the client: who sees what, what is begun from there, what is refused in words."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.tests.hall import AT, Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        yield Hall()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_term_stands_on_the_union_s_page_and_has_its_own(hall: Hall) -> None:
    hall.term()
    client = open_session(Client(), hall.chair)
    assert "第 1 届" in page(client, f"/unions/{hall.mill.code}/")
    body = page(client, f"/unions/{hall.mill.code}/term/")
    assert hall.people[0].name in body
    assert "安禾工发〔2024〕7号" in body
    assert "缺女职工委员会，有女会员 12 人" in body
    assert "快到期" in body


def test_a_term_run_out_is_shown_with_the_certificate_that_ran_out_with_it(hall: Hall) -> None:
    hall.term(date(2022, 3, 1))
    type(hall.mill).objects.filter(pk=hall.mill.pk).update(uscc="81110105MC0123450P")
    body = page(open_session(Client(), hall.chair), f"/unions/{hall.mill.code}/term/")
    assert "到期没有换届" in body
    assert "法人资格证书" in body


def test_strangers_and_who_only_looks_on(hall: Hall) -> None:
    hall.term()
    stranger = hall.account("plant", Role.CHAIR, hall.plant)
    assert open_session(Client(), stranger).get(f"/unions/{hall.mill.code}/term/").status_code == 404
    auditor = hall.account("auditor", Role.AUDITOR, hall.county)
    client = open_session(Client(), auditor)
    body = page(client, f"/unions/{hall.mill.code}/term/")
    assert hall.people[0].name not in body
    assert "换届选举、补选" not in body
    assert client.post(f"/unions/{hall.mill.code}/term/elect/").status_code == 404


def test_the_union_above_writes_down_a_term_from_paper_and_the_union_itself_does_not(hall: Hall) -> None:
    address = f"/unions/{hall.mill.code}/term/record/"
    written = {
        "number": "3", "years": "5", "begins_on": "2025-05-01", "document_number": "安禾工发〔2025〕8号", "approved_on": "2025-05-06",
    }  # fmt: skip
    assert open_session(Client(), hall.chair).post(address, written).status_code == 404
    above = open_session(Client(), hall.li)
    assert "还没有到" in above.post(address, written | {"begins_on": "2027-05-01"}).content.decode()
    assert above.post(address, written).status_code == 302
    term = Term.objects.get()
    assert (term.number, term.ends_on) == (3, date(2030, 4, 30))
    assert above.get(address).status_code == 404, "once"


def test_a_committee_that_breaks_a_rule_is_refused_with_the_article_and_set_up_when_it_keeps_it(hall: Hall) -> None:
    hall.term()
    client = open_session(Client(), hall.chair)
    address = f"/unions/{hall.mill.code}/term/committee/"
    alone = {"kind": "women", "chair": str(hall.people[0].pk)}
    said = client.post(address, alone).content.decode()
    assert "《工会女职工委员会工作条例》" in said
    assert not Body.objects.filter(kind="women").exists()
    assert client.post(address, alone | {"member_1": str(hall.people[1].pk)}).status_code == 302
    assert Seat.objects.filter(body__kind="women").count() == 2
    unequal = {"kind": "mediation", "chair": str(hall.people[2].pk), "employer_side": "2"}
    assert "人数对等" in client.post(address, unequal).content.decode()
    assert "看不出是哪一位" in client.post(address, unequal | {"member_1": "没有这个人"}).content.decode()


def test_an_election_is_begun_from_the_page_and_its_page_opens(hall: Hall) -> None:
    hall.term()
    client = open_session(Client(), hall.chair)
    answer = client.post(f"/unions/{hall.mill.code}/term/elect/")
    election = Election.objects.get()
    assert answer["Location"] == f"/desk/election/{election.pk}/"
    assert "系统数出来的：会员 30 人，其中女会员 12 人" in page(client, answer["Location"])
    assert "正在办" in page(client, f"/unions/{hall.mill.code}/term/")
    assert page(client, f"/desk/election/{election.pk}/plan/")
    assert page(client, "/desk/election/")
    for act, where in (("extend", "extension"), ("recall", "recall")):
        begun = client.post(f"/unions/{hall.mill.code}/term/{act}/")["Location"]
        assert begun.startswith(f"/desk/{where}/")
        assert page(client, begun)
        assert page(client, f"/desk/{where}/")


def test_the_list_tells_whose_term_ends_and_who_lacks_what(hall: Hall) -> None:
    hall.term()
    client = open_session(Client(), hall.zhou)
    everybody = page(client, "/desk/terms/")
    assert hall.mill.name in everybody
    assert "女职工委员会" in everybody
    assert hall.mill.name in page(client, "/desk/terms/?state=180")
    assert hall.mill.name not in page(client, "/desk/terms/?state=run_out")
    assert hall.plant.name in page(client, "/desk/terms/?state=none")
    lacks = page(client, "/desk/terms/?lacks=women")
    assert hall.mill.name in lacks
    assert hall.plant.name not in lacks
    assert hall.mill.name not in page(client, "/desk/terms/?lacks=audit")
