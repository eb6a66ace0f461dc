import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import PASSWORD, an_account, code_now, open_session, with_codes
from niangjia.kernel.web import middleware as gate

pytestmark = pytest.mark.django_db
FAR = {"REMOTE_ADDR": "203.0.113.7"}


def sign_in(client, login, password=PASSWORD, code="", **extra):
    return client.post("/sign-in/", {"login": login, "password": password, "code": code}, **extra)


def is_inside(client):
    return client.get("/settings/").context["request"].user.is_authenticated


def test_password_and_code_on_one_page_open_the_session(client):
    with_codes(an_account("zhou"))
    answer = sign_in(client, "zhou", code=code_now())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(client):
    with_codes(an_account("zhou"))
    wanted = {"login": "zhou", "password": PASSWORD, "code": code_now(), "next": "/settings/"}
    assert client.post("/sign-in/", wanted)["Location"] == "/settings/"


def test_nobody_is_sent_to_another_site(client):
    with_codes(an_account("zhou"))
    wanted = {"login": "zhou", "password": PASSWORD, "code": code_now(), "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", wanted)["Location"] == "/"


def test_known_and_unknown_accounts_get_the_same_answer(client):
    with_codes(an_account("zhou"))
    known = sign_in(client, "zhou", password="wrong", code="000000").content.decode()
    unknown = sign_in(client, "nobody", password="wrong", code="000000").content.decode()
    assert "账号或密码不对" in known
    assert _comparable(known, "zhou") == _comparable(unknown, "nobody")


def _comparable(page, login):
    lines = (line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
    return "\n".join(lines).replace(f'value="{login}"', "")


def test_what_was_typed_stays_except_the_password(client):
    page = sign_in(client, "nobody", password="secret words").content.decode()
    assert 'value="nobody"' in page
    assert "secret words" not in page


def test_a_wrong_code_does_not_open_the_session_and_is_asked_for_again(client):
    with_codes(an_account("zhou"))
    answer = sign_in(client, "zhou", code="000000")
    assert answer["Location"] == "/sign-in/code/"
    assert not is_inside(client)
    page = client.get("/sign-in/code/").content.decode()
    assert "刚才的动态码不对" in page
    assert client.post("/sign-in/code/", {"code": code_now()})["Location"] == "/"
    assert is_inside(client)


def test_without_a_code_a_cadre_is_not_inside(client):
    with_codes(an_account("zhou"))
    assert sign_in(client, "zhou")["Location"] == "/sign-in/code/"
    assert client.get("/")["Location"].startswith("/sign-in/")


@pytest.mark.guard("code-once", "A code of the second factor opens one session only.")
def test_a_code_opens_one_session_only(client):
    with_codes(an_account("zhou"))
    code = code_now()
    assert sign_in(client, "zhou", code=code)["Location"] == "/"
    other = Client()
    assert sign_in(other, "zhou", code=code)["Location"] == "/sign-in/code/"
    assert not is_inside(other)


@pytest.mark.control("code-once")
def test_without_the_memory_of_the_last_code_it_would_open_two(client):
    account = with_codes(an_account("zhou"))
    code = code_now()
    sign_in(client, "zhou", code=code)
    held = Authenticator.objects.get(user=account, type="totp")
    del held.data["last_counter"]
    held.save()
    assert sign_in(Client(), "zhou", code=code)["Location"] == "/"


def test_too_many_wrong_passwords_close_the_account_for_a_while_even_for_the_right_one(client):
    with_codes(an_account("zhou"))
    for _ in range(5):
        sign_in(client, "zhou", password="wrong")
    assert "试错次数太多" in sign_in(client, "zhou", code=code_now()).content.decode()


def test_one_address_does_not_close_the_door_for_its_neighbours(client):
    with_codes(an_account("zhou"))
    for number in range(20):
        sign_in(client, f"stranger{number}", password="wrong")
    assert sign_in(client, "zhou", code=code_now())["Location"] == "/"


@pytest.mark.guard("second-factor-first", "A cadre opens nothing before the second factor is set up and proved.")
def test_a_cadre_without_codes_sets_them_up_before_anything_else(client):
    an_account("zhou")
    sign_in(client, "zhou")
    for address in ("/", "/members/", "/unions/", "/nowhere/"):
        assert client.get(address)["Location"] == "/second-factor/set-up/"
    assert "给手机设动态码" in client.get("/second-factor/set-up/").content.decode()


@pytest.mark.control("second-factor-first")
def test_without_the_gate_a_password_alone_would_open_the_desk(client, monkeypatch):
    monkeypatch.setattr(gate.SignInGateMiddleware, "_lacks_proof", lambda _self, _request: False)
    an_account("zhou")
    sign_in(client, "zhou")
    assert client.get("/unions/").status_code == 200


def test_the_api_answers_401_before_codes_are_set_up(client):
    open_session(client, an_account("zhou"), proved=False)
    assert client.get("/api/v1/unions").status_code == 401


def test_a_worker_needs_no_code(client):
    an_account("chen", role=Role.WORKER, name="陈桂兰")
    assert sign_in(client, "chen")["Location"] == "/"
    assert "陈桂兰，您好" in client.get("/").content.decode()


def test_setting_up_codes_opens_the_desk_and_shows_spare_codes_once(client, monkeypatch):
    account = an_account("zhou")
    sign_in(client, "zhou")
    client.get("/second-factor/set-up/")
    secret = client.session["mfa.totp.secret"]
    monkeypatch.setattr("niangjia.kernel.access.tests.signing_in.SECRET", secret)
    first = code_now()
    answer = client.post("/second-factor/set-up/", {"code": first})
    assert answer["Location"] == "/second-factor/spare-codes/"
    spare = client.get("/second-factor/spare-codes/").context["unused_codes"]
    assert len(spare) == 10
    assert client.get("/").status_code == 200
    assert spare[0] not in client.get("/second-factor/spare-codes/").content.decode()
    assert secret not in str(Authenticator.objects.get(user=account, type="totp").data)
    assert sign_in(Client(), "zhou", code=first)["Location"] == "/sign-in/code/"  # used up by the set-up
    assert sign_in(Client(), "zhou", code=spare[0])["Location"] == "/"
    assert sign_in(Client(), "zhou", code=spare[0])["Location"] == "/sign-in/code/"


def test_a_wrong_first_code_sets_nothing_up(client):
    account = an_account("zhou")
    sign_in(client, "zhou")
    client.get("/second-factor/set-up/")
    page = client.post("/second-factor/set-up/", {"code": "000000"}).content.decode()
    assert "动态码不对" in page
    assert not Authenticator.objects.filter(user=account).exists()


def test_an_old_session_without_proof_ends_when_codes_exist(client):
    open_session(client, with_codes(an_account("zhou")), proved=False)
    assert client.get("/unions/")["Location"] == "/sign-in/?next=/unions/"
    assert not is_inside(client)


def test_codes_are_stopped_only_after_proving_again(client):
    account = with_codes(an_account("zhou"))
    sign_in(client, "zhou", code=code_now())
    assert client.get("/second-factor/stop/")["Location"].startswith("/second-factor/password/")
    client.post("/second-factor/password/?next=/second-factor/stop/", {"password": PASSWORD})
    client.post("/second-factor/stop/")
    assert not Authenticator.objects.filter(user=account).exists()
    assert client.get("/")["Location"] == "/second-factor/set-up/"


def test_an_account_that_was_switched_off_is_told_so_and_not_let_in(client):
    an_account("zhou", is_active=False)
    assert sign_in(client, "zhou")["Location"] == "/sign-in/inactive/"
    assert "停用" in client.get("/sign-in/inactive/").content.decode()
    assert not is_inside(client)


def test_signing_out_ends_the_session(client):
    open_session(client, with_codes(an_account("zhou")))
    assert client.get("/sign-out/").status_code == 200
    assert is_inside(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_inside(client)


def test_a_new_password_replaces_the_old_one_and_keeps_the_session(client):
    account = with_codes(an_account("zhou"))
    open_session(client, account)
    words = {"oldpassword": PASSWORD, "password1": "纺织 雨水 九十七 Anhe 河", "password2": "纺织 雨水 九十七 Anhe 河"}
    assert client.post("/settings/password/", words)["Location"] == "/settings/"
    account.refresh_from_db()
    assert account.check_password("纺织 雨水 九十七 Anhe 河")
    assert is_inside(client)


def test_two_different_new_passwords_change_nothing(client):
    account = with_codes(an_account("zhou"))
    open_session(client, account)
    words = {"oldpassword": PASSWORD, "password1": "纺织 雨水 九十七 Anhe 河", "password2": "纺织 雨水 九十八 Anhe 河"}
    assert "不一样" in client.post("/settings/password/", words).content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_nobody_signs_up(client):
    for address in ("/signup/", "/sign-up/", "/accounts/signup/"):
        assert client.get(address).status_code == 404
