"""Programs that a person signed in with: ask, say more, agree or not, rate, take back; each once, by whose it is alone."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Rating
from niangjia.kernel.journal.models import Entry
from niangjia.services.requests import handling
from niangjia.services.requests.api import DESK_MOVES, OWN_MOVES
from niangjia.services.requests.models import Addition, Request
from niangjia.services.requests.queries import said_in
from niangjia.services.requests.rules.workflow import REQUEST
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
HOME = "/api/v1/requests"
COMPLAINT = {"kind": "complain", "topic": "wages", "text": TEXT, "wish": "把工资发给我们", "against": "employer"}


@pytest.fixture
def street() -> Street:
    return Street()


def program(account: Account) -> Client:
    return open_session(Client(), account)


def post(client: Client, address: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(f"{HOME}{address}", body or {}, content_type="application/json", headers=headers)


def codes(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return [(each["path"], each["code"]) for each in answer.json()["reasons"]]


def answered(street: Street, pk: int) -> None:
    """The county accepts, takes and answers it, by the same door."""
    county = program(street.zhou)
    for move, body in (("accept", {"grade": "petition"}), ("take", {}), ("answer", {"says": "三十日前发到卡上。"})):
        assert post(county, f"/{pk}/{move}", body).status_code == 200, move


def test_a_worker_asks_once_however_often_the_program_tries(street: Street) -> None:
    client, key = program(street.worker), str(uuid4())
    first, again = post(client, "", COMPLAINT, key=key), post(client, "", COMPLAINT, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    request = Request.objects.get()
    assert (request.case.place_id, said_in(request).text) == (street.county.pk, TEXT)
    assert post(client, "", COMPLAINT | {"topic": "overtime"}, key=key).status_code == 422
    assert Request.objects.count() == 1
    unkeyed = client.post(HOME, COMPLAINT, content_type="application/json")
    assert (unkeyed.status_code, unkeyed.json()["code"]) == (400, "idempotency_key_missing")


def test_nothing_that_was_said_is_answered_and_no_entry_names_who_asked(street: Street) -> None:
    before = Entry.objects.filter(account_id=street.worker.pk).count()
    answer = post(program(street.worker), "", COMPLAINT)
    assert TEXT not in answer.content.decode()
    assert Entry.objects.filter(account_id=street.worker.pk).count() == before


def test_faults_say_where_and_why(street: Street) -> None:
    client = program(street.worker)
    assert codes(post(client, "", COMPLAINT | {"topic": "weather"})) == [("topic", "code_unknown")]
    for wrong in ({"kind": "shout"}, {"text": "短"}, {"against": "everybody"}, {"text": "长" * 3_001}, {"wish": None}):
        assert post(client, "", COMPLAINT | wrong).status_code == 422, wrong
    assert not Request.objects.exists()
    stranger = Account.objects.create_account("stranger", name="王芳", password="柳林镇 细纱 车间 2027")
    assert post(program(stranger), "", COMPLAINT).status_code == 404
    assert post(Client(), "", COMPLAINT).status_code == 401


def test_she_adds_agrees_not_opens_it_again_then_agrees_and_rates(street: Street) -> None:
    client = program(street.worker)
    pk = post(client, "", COMPLAINT).json()["id"]
    assert codes(post(client, f"/{pk}/say_more", {"says": " "})) == [("says", "words_missing")]
    assert post(client, f"/{pk}/say_more", {"says": "还有八月的。"}).status_code == 200
    assert post(client, f"/{pk}/press").status_code == 200
    assert codes(post(client, f"/{pk}/press")) == [("", "pressed_today")]
    assert Addition.objects.filter(request=pk).count() == 1
    assert codes(post(client, f"/{pk}/agree"))
    answered(street, pk)
    assert codes(post(client, f"/{pk}/disagree")) == [("", "reason_missing")]
    assert codes(post(client, f"/{pk}/disagree", {"reason": "no_mood"})) == [("", "reason_unknown")]
    refused = post(client, f"/{pk}/disagree", {"reason": "not_done", "says": "钱没有到。"})
    assert refused.json()["stage"] == "reopened"
    county = program(street.zhou)
    post(county, f"/{pk}/take")
    post(county, f"/{pk}/answer", {"says": "今天到账了。"})
    assert post(client, f"/{pk}/agree").json()["stage"] == "agreed"
    assert codes(post(client, f"/{pk}/rate")) == [("opinion", "opinion_missing")]
    assert post(client, f"/{pk}/rate", {"opinion": "wonderful"}).status_code == 422
    assert post(client, f"/{pk}/rate", {"opinion": "good", "says": "谢谢。"}).status_code == 200
    assert codes(post(client, f"/{pk}/rate", {"opinion": "poor"})) == [("", "rated_already")]
    assert Rating.objects.get().opinion == "good"


def test_she_takes_it_back_and_nobody_else_can(street: Street) -> None:
    client = program(street.worker)
    pk = post(client, "", COMPLAINT).json()["id"]
    for account in (street.colleague, street.chair, street.li):
        other = program(account)
        for move in (*OWN_MOVES, *DESK_MOVES):
            answer = post(
                other, f"/{pk}/{move}", {"says": "x", "reason": "not_done", "opinion": "good", "grade": "hard"}
            )
            assert answer.status_code == 404, (account.login, move)
    assert post(client, f"/{pk}/withdraw").json()["stage"] == "withdrawn"
    assert codes(post(client, f"/{pk}/say_more", {"says": "还有。"})) == [("", "closed")]


def test_what_is_hers_to_do_is_not_the_desks_nor_the_other_way_round(street: Street) -> None:
    pk = street.says().pk
    for move in DESK_MOVES:
        assert post(program(street.worker), f"/{pk}/{move}", {"says": "x", "grade": "hard"}).status_code == 404, move
    for move in OWN_MOVES:
        assert post(program(street.zhou), f"/{pk}/{move}", {"says": "x", "opinion": "good"}).status_code == 404, move
    assert post(program(street.zhou), f"/{pk}/shout").status_code == 404


def test_a_union_above_is_told_that_it_lies_below(street: Street) -> None:
    pk = street.says("ask").pk
    assert post(program(street.zhou), f"/{pk}/accept", {"grade": "consult"}).status_code == 404
    handling.accept(pk, "consult", seen=street.seen(street.li))
    assert codes(post(program(street.zhou), f"/{pk}/extend", {"days": 1, "reason": "needs_others"})) == [
        ("", "lies_below")
    ]


def test_the_description_names_every_move_and_every_reason(street: Street) -> None:
    described = program(street.zhou).get("/api/v1/openapi.json").json()
    operation = described["paths"]["/api/v1/requests/{case_id}/{move}"]["post"]
    named = next(each for each in operation["parameters"] if each["name"] == "move")["schema"]["enum"]
    assert sorted(named) == sorted((*OWN_MOVES, *DESK_MOVES))
    words = str(described["components"]["schemas"]["MoveIn"])
    reasons = {reason for move in REQUEST.moves for reason in move.reasons if move.name != "go_alone"}
    assert [reason for reason in reasons if reason not in words] == []
