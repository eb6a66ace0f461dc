"""Messages by WeChat, and whose WeChat is whose: bound by its owner alone, told of nothing but that there is something."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from niangjia.config.environment import NotReady, read_environment
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, Letter, NotTaken
from niangjia.kernel.messages.delivering import plan, try_one
from niangjia.kernel.messages.models import Delivery, Message
from niangjia.kernel.messages.rules import ToAccount
from niangjia.kernel.messages.services import send
from niangjia.kernel.messages.wechat import hearing
from niangjia.kernel.messages.wechat.calls import TOKENS
from niangjia.kernel.messages.wechat.hearing import signature_of
from niangjia.kernel.messages.wechat.models import WeChatBinding
from niangjia.kernel.messages.wechat.queries import address_of
from niangjia.kernel.messages.wechat.sending import ByWeChat
from niangjia.kernel.messages.wechat.tests.platform import SENT, FakePlatform

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # twelve where the people are
OPENID = "oABCD_1234567890-test"
LETTER = Letter(OPENID, "您的账号在一台新设备上登录了", "……", "7b0e5a5e-0000-4000-8000-000000000001")
AT = "/messages/settings/wechat/"
SETTINGS = "/messages/settings/"


@pytest.fixture
def platform(settings: Any) -> Iterator[FakePlatform]:
    """An official account is set up, and it is noon."""
    TOKENS.forget()
    with FakePlatform() as fake, clock.at(NOON):
        settings.NIANGJIA_WECHAT_ACCOUNT = fake.account
        yield fake
    TOKENS.forget()


def signed_in(login: str = "chen") -> tuple[Account, Client]:
    account = an_account(login, role=None, name="陈桂兰")
    return account, open_session(Client(), account)


def called(call: tuple[str, str]) -> int:
    """What the platform is answered."""
    address, body = call
    return Client().post(address, body, content_type="text/xml").status_code


def bound(platform: FakePlatform, account: Account, client: Client) -> None:
    client.post(AT, {"verb": "ask"})
    called(platform.call("subscribe", openid=OPENID, at=clock.now(), scene=f"qrscene_{platform.scenes[-1]}"))
    client.post(AT, {"verb": "confirm"})
    assert address_by_job(account) == OPENID


def address_by_job(account: Account) -> str:
    with beyond(Purpose.MESSAGES):
        return address_of(account.pk)


def test_a_template_is_filled_with_title_and_time_and_the_token_is_kept(platform):
    ByWeChat().send(LETTER)
    ByWeChat().send(LETTER)
    assert platform.asked == {"/cgi-bin/stable_token": 1, SENT: 2}
    assert platform.got[0] == {
        "touser": OPENID,
        "template_id": "T1",
        "client_msg_id": LETTER.key,
        "data": {"thing1": {"value": LETTER.title}, "time2": {"value": "2026年11月20日 12:00"}},
    }


def test_a_title_too_long_for_the_field_is_said_in_general(platform):
    ByWeChat().send(Letter(OPENID, "给了您一项权限：安平县城关镇纺织厂工会委员会的经办人", "", LETTER.key))
    assert platform.got[0]["data"]["thing1"]["value"] == "有新消息，请登录「娘家」查看"


def test_a_token_ends_and_a_refused_one_is_renewed_once(platform):
    ByWeChat().send(LETTER)
    with clock.at(NOON + timedelta(hours=2)):
        ByWeChat().send(LETTER)
        platform.given += 1  # somebody else had another one made: ours is refused
        ByWeChat().send(LETTER)
    assert platform.refreshed == [False, False, True]
    assert len(platform.got) == 3


@pytest.mark.parametrize(
    ("codes", "failure"),
    [
        ([-1], ChannelAway), ([45009], ChannelAway), ([43004], NotTaken), ([40003], NotTaken), ([43101], NotTaken),
        ([40037], ChannelBroken), ([48001], ChannelBroken), ([99999], ChannelBroken), ([42001, 42001], ChannelBroken),
    ],
)  # fmt: skip
def test_each_refusal_is_temporary_permanent_or_for_the_operator(platform, codes, failure):
    platform.codes = codes
    with pytest.raises(failure):
        ByWeChat().send(LETTER)
    assert platform.got == []


def test_a_platform_out_of_order_or_a_wrong_secret_fails_as_it_should(platform, settings):
    platform.status = 502
    with pytest.raises(ChannelAway):
        ByWeChat().send(LETTER)
    platform.status = 200
    settings.NIANGJIA_WECHAT_ACCOUNT = replace(platform.account, secret="old")
    with pytest.raises(ChannelBroken):
        ByWeChat().send(LETTER)
    settings.NIANGJIA_WECHAT_ACCOUNT = replace(platform.account, api="http://127.0.0.1:9")
    with pytest.raises(ChannelAway) as caught:
        ByWeChat().send(LETTER)
    assert caught.value.__suppress_context__  # what lies behind it names the address, and with it the token


def test_bound_by_scanning_and_one_s_own_word_then_told_then_unbound(platform):
    account, client = signed_in()
    assert "绑定微信" in client.get(SETTINGS).content.decode()
    client.post(AT, {"verb": "ask"})
    page = client.get(SETTINGS).content.decode()
    assert "nj-scan-code" in page
    assert platform.scenes[0] not in page
    scanned = platform.call("SCAN", openid=OPENID, at=NOON, scene=platform.scenes[0])
    assert called(scanned) == 200
    assert address_by_job(account) == ""  # nobody said yet that it was her
    assert "是我扫的" in client.get(SETTINGS).content.decode()
    client.post(AT, {"verb": "confirm"})
    held = WeChatBinding.objects.get()
    assert OPENID.encode() not in bytes(held.openid_sealed)
    send("signed_in_anew", to=ToAccount(account.pk), facts={"device": "Chrome · Windows"})
    for number in plan(0, Message.objects.latest("id").pk):
        try_one(number)
    assert {each["touser"] for each in platform.got} == {OPENID}
    assert not Delivery.objects.exclude(state="delivered").exists()
    client.post(AT, {"verb": "unbind"})
    assert not WeChatBinding.objects.exists()
    assert list(Entry.objects.filter(verb__endswith="bind_wechat").values_list("verb", flat=True).order_by("id")) == [
        "bind_wechat", "unbind_wechat",
    ]  # fmt: skip


def test_a_code_is_good_once_and_for_minutes_and_the_newest_alone(platform):
    account, client = signed_in()
    client.post(AT, {"verb": "ask"})
    client.post(AT, {"verb": "ask"})
    first, second = platform.scenes
    called(platform.call("SCAN", openid="o-of-another", at=NOON, scene=first))
    assert not WeChatBinding.objects.filter(scanned_at__isnull=False).exists()
    called(platform.call("SCAN", openid=OPENID, at=NOON, scene=second))
    called(platform.call("SCAN", openid="o-of-another", at=NOON, scene=second))
    later = NOON + timedelta(minutes=11)
    with clock.at(later):
        client.post(AT, {"verb": "confirm"})
        assert address_by_job(account) == ""
        client.post(AT, {"verb": "ask"})
    with clock.at(later + timedelta(minutes=11)):
        called(platform.call("SCAN", openid=OPENID, at=clock.now(), scene=platform.scenes[-1]))
        assert not WeChatBinding.objects.filter(scanned_at__isnull=False).exists()


def test_who_follows_no_more_is_bound_no_more_and_an_old_farewell_undoes_nothing(platform):
    account, client = signed_in()
    farewell = platform.call("unsubscribe", openid=OPENID, at=NOON)
    bound(platform, account, client)
    assert called(farewell) == 200
    assert address_by_job(account) == OPENID
    with clock.at(NOON + timedelta(minutes=1)):
        called(platform.call("unsubscribe", openid=OPENID, at=clock.now()))
    assert not WeChatBinding.objects.exists()


@pytest.mark.guard(
    "wechat-calls", "a call is believed only when WeChat signed and sealed it for us within five minutes"
)
@pytest.mark.parametrize("harm", ["changed", "old", "plain", "for another", "entities", "unsigned"])
def test_no_call_of_anybody_else_binds_anything(platform, harm):
    _account, client = signed_in()
    client.post(AT, {"verb": "ask"})
    at = NOON - timedelta(minutes=6) if harm == "old" else NOON
    extra = '<!DOCTYPE x [<!ENTITY a "b">]>' if harm == "entities" else ""
    address, body = platform.call("SCAN", openid=OPENID, at=at, scene=platform.scenes[0], extra=extra)
    if harm == "changed":
        body = platform.call("SCAN", openid="o-of-another", at=at, scene=platform.scenes[0])[1]
    if harm == "plain":
        body = f"<xml><FromUserName>{OPENID}</FromUserName><Event>SCAN</Event></xml>"
    if harm == "for another":
        address, body = platform.sealed("<xml></xml>", at=at, app_id="wx-of-another")
    if harm == "unsigned":
        address = "/wechat/"
    assert called((address, body)) == 403
    assert not WeChatBinding.objects.filter(scanned_at__isnull=False).exists()


@pytest.mark.control("wechat-calls")
def test_without_the_signature_anybody_could_bind_her_own_wechat(platform, monkeypatch):
    _account, client = signed_in()
    client.post(AT, {"verb": "ask"})
    body = platform.call("SCAN", openid="o-of-another", at=NOON, scene=platform.scenes[0])[1]
    monkeypatch.setattr(hearing, "signature_of", lambda *_parts: "")
    monkeypatch.setattr(hearing, "is_fresh", lambda *_args, **_more: True)
    assert called(("/wechat/", body)) == 200
    assert WeChatBinding.objects.filter(scanned_at__isnull=False).exists()


def test_the_platform_finds_us_there_and_nobody_else_does(platform):
    timestamp = str(int(NOON.timestamp()))
    asked = {"timestamp": timestamp, "nonce": "n", "echostr": "42"}
    good = asked | {"signature": signature_of(platform.account.token, timestamp, "n")}
    assert Client().get("/wechat/", good).content == b"42"
    assert Client().get("/wechat/", asked | {"signature": "0" * 40}).status_code == 403
    assert Client().get("/wechat/", good | {"echostr": "<b>"}).status_code == 403


def test_without_an_account_there_is_nothing_and_the_page_says_so():
    _account, client = signed_in()
    assert "还没有接公众号" in client.get(SETTINGS).content.decode()
    assert Client().get("/wechat/").status_code == 404
    assert ByWeChat().can_send is False


def test_shared_accounts_bind_nothing_and_a_platform_away_is_said(platform):
    account, client = signed_in()
    platform.codes = [-1]
    said = client.post(AT, {"verb": "ask"}, follow=True).content.decode()
    assert "暂时连不上" in said
    Account.objects.filter(pk=account.pk).update(is_demo=True)
    said = client.post(AT, {"verb": "ask"}, follow=True, headers={"host": "127.0.0.1"}).content.decode()
    assert "不能绑定微信" in said
    assert not WeChatBinding.objects.exists()


def test_the_environment_names_an_account_whole_or_not_at_all(tmp_path):
    files = {"SECRET": "s3cret", "TOKEN": "tokenofthetest", "KEY": "A" * 43}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "ascii")
    whole = {f"NIANGJIA_WECHAT_{name}_FILE": str(tmp_path / name) for name in files}
    whole |= {"NIANGJIA_WECHAT_APP_ID": "wx0123456789abcdef", "NIANGJIA_WECHAT_TEMPLATE": "T1"}
    account = read_environment(whole).wechat
    assert account is not None
    assert (account.key, account.fields[0]) == (bytes(32), ("thing1", "title"))
    assert read_environment({}).wechat is None
    for name in (*whole, "NIANGJIA_WECHAT_API", "NIANGJIA_WECHAT_FIELDS"):
        wrong = "http://elsewhere.example" if name.endswith("API") else "thing1" if name.endswith("FIELDS") else ""
        if name != "NIANGJIA_WECHAT_APP_ID":
            with pytest.raises(NotReady, match=name):
                read_environment(whole | {name: wrong})
