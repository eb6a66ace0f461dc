"""Calls to the platform: plain HTTP, five seconds, no redirect; the token is kept until it ends and renewed when refused."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import Any

import requests
from django.conf import settings

from niangjia.kernel import clock
from niangjia.kernel.messages.channels import ChannelAway, ChannelBroken, NotTaken
from niangjia.kernel.messages.wechat.official import OfficialAccount
from niangjia.kernel.messages.wechat.rules import Meaning, meaning_of

# 本系统默认值: two seconds to be reached, three for the answer.
TIMEOUTS = (2.0, 3.0)
LONGEST_ANSWER = 64 * 1024
# So that none ends on its way.
ENDS_EARLIER = timedelta(minutes=5)
TOKEN, SEND, CODE = "/cgi-bin/stable_token", "/cgi-bin/message/template/send", "/cgi-bin/qrcode/create"
Answer = Mapping[str, Any]


class Tokens:
    """The token of this process (access_token): a secret of two hours, in memory alone; every process is given the same one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[OfficialAccount, str, datetime] | None = None

    def current(self, account: OfficialAccount, *, refused: str = "") -> str:
        """The token that is good now; another one where this one was refused."""
        with self._lock:
            held = self._held
            if held and held[0] == account and held[1] != refused and held[2] > clock.now():
                return held[1]
            answer = _asked(account, TOKEN, _for_token(account, is_refused=bool(refused)))
            if meaning_of(answer.get("errcode", 0)) is Meaning.AWAY:
                raise ChannelAway
            token, seconds = answer.get("access_token"), answer.get("expires_in")
            if not (isinstance(token, str) and token and isinstance(seconds, int)):
                message = f"the platform gives no token: {answer.get('errcode')}"
                raise ChannelBroken(message)
            self._held = (account, token, clock.now() + timedelta(seconds=seconds) - ENDS_EARLIER)
            return token

    def forget(self) -> None:
        """Start without one."""
        with self._lock:
            self._held = None


TOKENS = Tokens()


def official_account() -> OfficialAccount | None:
    """The official account of this instance; None where none is set up."""
    found: OfficialAccount | None = settings.NIANGJIA_WECHAT_ACCOUNT
    return found


def call(account: OfficialAccount, path: str, body: Answer) -> Answer:
    """Call the platform; `ChannelAway`, `NotTaken` or `ChannelBroken` where that failed. A refused token is renewed once."""
    token = TOKENS.current(account)
    answer = _asked(account, path, body, token=token)
    if meaning_of(answer.get("errcode", 0)) is Meaning.RENEW:
        answer = _asked(account, path, body, token=TOKENS.current(account, refused=token))
    match meaning_of(answer.get("errcode", 0)):
        case Meaning.DONE:
            return answer
        case Meaning.AWAY:
            raise ChannelAway
        case Meaning.NOT_TAKEN:
            raise NotTaken
    message = f"the platform refuses {path}: {answer.get('errcode')}"
    raise ChannelBroken(message)


def _for_token(account: OfficialAccount, *, is_refused: bool) -> Answer:
    return {
        "grant_type": "client_credential",
        "appid": account.app_id,
        "secret": account.secret,
        "force_refresh": is_refused,
    }


def _asked(account: OfficialAccount, path: str, body: Answer, *, token: str = "") -> Answer:
    """What the platform answers. Errors of the line name the address, and it carries the token: so none is passed on."""
    with requests.Session() as line:
        line.trust_env = False
        try:
            response = line.post(
                f"{account.api}{path}",
                params={"access_token": token} if token else None,
                data=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUTS,
                allow_redirects=False,
                stream=True,
            )
            text = response.raw.read(LONGEST_ANSWER, decode_content=True)
            answer = json.loads(text) if response.status_code == HTTPStatus.OK else None
        except (requests.RequestException, OSError, ValueError):
            raise ChannelAway from None
    if not isinstance(answer, dict):
        raise ChannelAway
    return answer
