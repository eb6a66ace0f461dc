"""What is told, how it is signed, when it is told again; to which addresses nothing is ever sent."""

import base64
import hmac
import json
import socket
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from niangjia.config.tests.cheap import busy
from niangjia.kernel.developers.samples import receiver
from niangjia.kernel.webhooks import sending
from niangjia.kernel.webhooks.rules import (
    BACK_OFF,
    ENDED_BY,
    EVENT_WORDS,
    FAILURE_WORDS,
    LET_GO,
    OF_ACTS,
    Event,
    Failure,
    Told,
    events_of,
    is_open_address,
    next_try,
    why_no_subscription,
    why_not_address,
)
from niangjia.kernel.webhooks.sending import AddressRefused, Unreached, post, resolved
from niangjia.kernel.webhooks.signing import drawn_secret, headers_of
from niangjia.kernel.webhooks.tests.receiver import Receiver

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
INSIDE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.7", "10.0.0.8", "172.16.3.4", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "192.0.2.7", "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.8",
    "::ffff:169.254.169.254", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "fec0::1", "ff02::1", "2002:7f00:1::",
    "2002:a00:8::", "64:ff9b::7f00:1", "64:ff9b::a00:8", "2001:0:7f00:1::", "2001:db8::1",
)  # fmt: skip
OUTSIDE = ("8.8.8.8", "223.5.5.5", "203.119.25.1", "2400:3200::1", "::ffff:223.5.5.5")


def leads_to(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    """Every name leads to these numbers."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)


@pytest.fixture
def public(settings: Any) -> Any:
    """An instance that others reach."""
    settings.NIANGJIA_WEBHOOK_LOCAL, settings.NIANGJIA_WEBHOOK_NETWORKS = False, ()
    return settings


@pytest.mark.guard("webhook-addresses", "no event is sent to an address inside, however it is written or resolved")
@pytest.mark.parametrize("number", INSIDE)
def test_nothing_is_sent_inside(number: str, public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_open_address(number, allowed=(), may_be_local=False)
    leads_to(monkeypatch, number)
    with pytest.raises(AddressRefused):
        post("https://hook.example.org/", "{}", {})
    leads_to(monkeypatch, "223.5.5.5", number)
    with pytest.raises(AddressRefused):
        resolved("https://hook.example.org/")


@pytest.mark.control("webhook-addresses")
def test_without_the_look_at_the_number_a_request_would_reach_this_machine(
    public: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "is_open_address", lambda *_args, **_more: True)
    monkeypatch.setattr(sending, "why_not_address", lambda *_args, **_more: None)
    with Receiver() as inside:
        assert post(inside.address, "{}", {}) == 200
        assert len(inside.got) == 1


@pytest.mark.parametrize("number", OUTSIDE)
def test_the_open_internet_is_reached_by_the_number_that_was_judged(
    number: str, public: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, number)
    target = resolved("https://hook.example.org:8443/a?b=c")
    assert (target.host, target.port, target.path, target.number) == ("hook.example.org", 8443, "/a?b=c", number)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::ffff:127.0.0.1]"])
def test_other_spellings_lead_where_the_resolver_says(host: str, public: Any) -> None:
    """By the resolver of the system itself."""
    with pytest.raises((AddressRefused, Unreached)):
        resolved(f"https://{host}/")


def test_a_name_that_leads_elsewhere_a_moment_later_is_asked_once(public: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the first answer is outside, every later one is this machine; the connection goes to the first."""
    asked, connected = [], []

    def turning(*_args: object, **_more: object) -> list[Any]:
        asked.append(1)
        number = "223.5.5.5" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))]

    def connecting(where: tuple[str, int], *_args: object) -> socket.socket:
        connected.append(where)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", turning)
    monkeypatch.setattr(socket, "create_connection", connecting)
    with pytest.raises(Unreached):
        post("https://hook.example.org/", "{}", {})
    assert (len(asked), connected) == (1, [("223.5.5.5", 443)])


def test_networks_inside_are_reached_where_the_operator_allowed_them() -> None:
    allowed = [ip_network("10.8.0.0/16"), ip_network("fd12::/32")]
    for number, reached in (("10.8.3.4", True), ("::ffff:10.8.3.4", True), ("fd12::7", True), ("10.9.0.1", False)):
        assert is_open_address(number, allowed=allowed, may_be_local=False) is reached
    everything = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    for number in ("169.254.169.254", "127.0.0.1", "::1", "fd00:ec2::254", "100.100.100.200", "224.0.0.1"):
        assert not is_open_address(number, allowed=everything, may_be_local=False)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://example.org/hook", None), ("https://[2400:3200::1]:8443/", None), ("http://example.org/", "address_not_https"),
        ("http://localhost/", "address_not_https"), ("ftp://example.org/", "address_not_https"), ("example.org", "address_unclear"),
        ("https://", "address_unclear"), ("https://u:p@example.org/", "address_with_secrets"),
        ("https://example.org/#x", "address_with_secrets"), ("https://example.org:0/", "address_unclear"),
        ("https://example.org:99999/", "address_unclear"), ("https://exa mple.org/", "address_unclear"),
        ("https://example.org\\@127.0.0.1/", "address_unclear"), ("https://例子.org/", "address_unclear"),
        ("https://example.org/\r\nX: y", "address_unclear"), ("https://example.org/" + "a" * 500, "address_unclear"),
    ],
)  # fmt: skip
def test_addresses_as_people_write_them(address: str, code: str | None) -> None:
    reason = why_not_address(address, may_be_local=False)
    assert (reason.code if reason else None) == code


def test_plain_http_is_for_a_program_that_nobody_else_reaches() -> None:
    assert why_not_address("http://127.0.0.1:9000/", may_be_local=True) is None
    assert why_not_address("http://localhost:9000/", may_be_local=True) is None
    assert why_not_address("http://10.0.0.8/", may_be_local=True) is not None


def test_a_subscription_is_for_events_of_the_list() -> None:
    for events in (set(), {"everything"}, {"union.changed", "webhook.test"}):
        reason = why_no_subscription("https://example.org/", events, may_be_local=False)
        assert reason is not None
        assert reason.code == "events_missing"
    assert why_no_subscription("https://example.org/", {"union.changed"}, may_be_local=False) is None


def test_no_redirect_is_followed_no_answer_is_read_and_nobody_is_waited_for(settings: Any) -> None:
    settings.NIANGJIA_WEBHOOK_LOCAL = True
    with Receiver() as here:
        here.status, here.heads = 302, {"Location": "/elsewhere"}
        assert post(here.address, "{}", {}) == 302
        assert [path for path, _headers, _body in here.got] == ["/hook?from=niangjia"]
        here.drips = 0.05
        begun = time.monotonic()
        with pytest.raises(Unreached):
            post(here.address, "{}", {}, within=0.4)
        assert time.monotonic() - begun < 3 * busy()


def test_a_certificate_is_held_against_the_name(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the number, the handshake asks for the name; a receiver without TLS is not reached."""
    settings.NIANGJIA_WEBHOOK_LOCAL = True
    with Receiver() as here:
        leads_to(monkeypatch, "127.0.0.1")
        with pytest.raises(Unreached):
            post(f"https://hook.example.org:{here.port}/", "{}", {})
        assert here.got == []


def test_signatures_are_those_of_the_published_vector() -> None:
    """The example of the Standard Webhooks libraries; and by SM3, computed by the rule itself."""
    secret, number, body = (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        '{"test": 2432232314}',
    )
    at = datetime.fromtimestamp(1614265330, tz=UTC)
    headers = headers_of(number, body, at=at, by=[secret])
    first, second = headers["webhook-signature"].split(" ")
    assert first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (number, "1614265330")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    by_sm3 = hmac.new(key, f"{number}.1614265330.{body}".encode(), "sm3").digest()
    assert second == f"v1s3,{base64.b64encode(by_sm3).decode()}"


def test_the_sample_for_receivers_takes_what_is_genuine_and_nothing_else() -> None:
    said: dict[str, Any] = {}
    exec(compile(receiver(), "sample", "exec"), said)  # noqa: S102 - the sample that pages show
    genuine, secret, other = said["is_genuine"], drawn_secret(), drawn_secret()
    now = datetime.fromtimestamp(int(time.time()), tz=UTC)
    headers = headers_of("n", "{}", at=now, by=[other, secret])
    assert genuine(headers, b"{}", secret)
    assert genuine(headers, b"{}", other)
    assert not genuine(headers, b"{} ", secret)
    assert not genuine(headers, b"{}", drawn_secret())
    assert not genuine(headers | {"webhook-id": "m"}, b"{}", secret)
    late = headers_of("n", "{}", at=now - timedelta(minutes=6), by=[secret])
    assert not genuine(late, b"{}", secret), "a request that was kept and sent again later"


def test_it_is_tried_again_for_three_days_ever_more_rarely() -> None:
    waits = [next_try(tries, at=NOON) for tries in range(1, len(BACK_OFF) + 2)]
    assert waits[0] == NOON + timedelta(minutes=1)
    assert waits[-1] is None
    assert list(BACK_OFF) == sorted(BACK_OFF)
    assert timedelta(days=2, hours=12) < sum(BACK_OFF, timedelta()) <= timedelta(days=3)


def test_what_is_told_is_numbers_codes_and_a_time() -> None:
    body = json.loads(Told("membership.begun", NOON, "349900", "34990001", 7).body)
    assert body == {
        "type": "membership.begun", "timestamp": "2026-03-02T04:00:00+00:00",
        "data": {"city": "349900", "place": "34990001", "thing": "member", "id": 7},
    }  # fmt: skip
    assert json.loads(Told("webhook.test", NOON, "349900", "34990001", None).body)["data"].keys() == {"city", "place"}


def test_every_event_comes_from_an_act_and_has_words() -> None:
    assert {event for event, _thing in (*OF_ACTS.values(), *ENDED_BY.values())} == set(Event) == set(EVENT_WORDS)
    assert set(FAILURE_WORDS) == set(Failure)
    assert events_of("settle_transfer", {"verdict": "refused", "end": LET_GO}) == ()
    assert events_of("settle_transfer", {"verdict": "agreed"}) == (Event.MEMBERSHIP_MOVED,)
    let_go = events_of("settle_transfer", {"verdict": "agreed", "end": LET_GO})
    assert let_go == (Event.MEMBERSHIP_MOVED, Event.MEMBERSHIP_ENDED)
    assert events_of("reveal", {}) == ()
