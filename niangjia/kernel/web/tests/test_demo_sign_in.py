import pytest

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account, code_now, open_session, with_codes

pytestmark = pytest.mark.django_db
FAR = {"REMOTE_ADDR": "203.0.113.7"}
NAMED = {"HTTP_HOST": "testserver"}
HERE = {"HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def zhou():
    return with_codes(an_account("zhou", is_demo=True, post="权益保障部部长"))


def press(client, login="zhou", **extra):
    return client.post("/sign-in/demo/", {"account": login}, **extra)


def test_on_this_machine_one_press_is_enough(client, zhou):
    assert press(client, **HERE)["Location"] == "/"
    assert client.get("/", **HERE).status_code == 200


def test_the_press_goes_the_way_everybody_goes(client, zhou):
    press(client, **HERE)
    methods = [record["method"] for record in client.session["account_authentication_methods"]]
    assert methods == ["demo", "mfa"]


def test_pressing_again_within_the_same_code_works(client, zhou):
    for _ in range(3):
        assert press(client, **HERE)["Location"] == "/"


def test_a_demo_worker_needs_no_code(client):
    an_account("chen", role=Role.WORKER, is_demo=True)
    assert press(client, "chen", **HERE)["Location"] == "/"


def test_the_first_page_lists_demo_accounts_with_their_code(client, zhou):
    page = client.get("/sign-in/", **HERE).content.decode()
    assert "权益保障部部长" in page
    assert code_now() in page or code_now(-1) in page


@pytest.mark.guard("demo-on-this-machine", "Demo accounts, whose passwords are public, open from this machine only.")
@pytest.mark.parametrize(
    "elsewhere",
    [
        HERE | FAR,
        NAMED,
        HERE | {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        HERE | {"HTTP_FORWARDED": "for=203.0.113.7"},
        HERE | {"REMOTE_ADDR": ""},
    ],
    ids=["far address", "real name", "behind a front server", "behind another", "no address"],
)
def test_from_anywhere_else_there_are_no_demo_accounts(client, zhou, elsewhere):
    assert "权益保障部部长" not in client.get("/sign-in/", **elsewhere).content.decode()
    assert press(client, **elsewhere).status_code == 404
    answer = client.post("/sign-in/", {"login": "zhou", "password": PASSWORD, "code": code_now()}, **elsewhere)
    assert "账号或密码不对" in answer.content.decode()


@pytest.mark.control("demo-on-this-machine")
def test_without_asking_where_from_a_demo_account_opens_from_far(client, zhou, monkeypatch):
    monkeypatch.setattr("niangjia.kernel.access.demo.is_on_loopback", lambda _request: True)
    monkeypatch.setattr("niangjia.kernel.web.middleware.is_on_loopback", lambda _request: True)
    assert press(client, **(HERE | FAR))["Location"] == "/"
    assert client.get("/", **(HERE | FAR)).status_code == 200


def test_control_a_real_account_signs_in_from_far(client):
    with_codes(an_account("zhou"))
    answer = client.post("/sign-in/", {"login": "zhou", "password": PASSWORD, "code": code_now()}, **FAR)
    assert answer["Location"] == "/"


def test_a_demo_session_carried_to_another_machine_ends(client, zhou):
    press(client, **HERE)
    assert client.get("/", **(HERE | FAR))["Location"].startswith("/sign-in/")
    assert client.get("/", **HERE)["Location"].startswith("/sign-in/")


def test_no_press_opens_a_real_account(client):
    with_codes(an_account("real"))
    assert press(client, "real", **HERE).status_code == 404


def test_a_real_account_is_never_listed(client, zhou):
    with_codes(an_account("real", name="何静"))
    assert "何静" not in client.get("/sign-in/", **HERE).content.decode()


def test_a_demo_account_keeps_its_password_and_its_codes(client, zhou):
    press(client, **HERE)
    words = {"oldpassword": PASSWORD, "password1": "纺织 雨水 九十七 Anhe 河", "password2": "纺织 雨水 九十七 Anhe 河"}
    assert "不能改" in client.post("/settings/password/", words, **HERE).content.decode()
    zhou.refresh_from_db()
    assert zhou.check_password(PASSWORD)
    client.post("/second-factor/password/?next=/second-factor/stop/", {"password": PASSWORD}, **HERE)
    assert "共用" in client.get("/second-factor/stop/", **HERE).content.decode()
    client.post("/second-factor/stop/", **HERE)
    assert zhou.authenticator_set.filter(type="totp").exists()


def test_pressing_for_another_account_ends_the_first_session(client, zhou):
    with_codes(an_account("he", is_demo=True, name="何静"))
    press(client, **HERE)
    press(client, "he", **HERE)
    assert "何静" in client.get("/", **HERE).content.decode()


def test_an_open_session_does_not_show_codes_of_real_accounts(client, zhou):
    real = with_codes(an_account("real"))
    open_session(client, real)
    assert client.get("/sign-in/", **HERE).status_code == 302
