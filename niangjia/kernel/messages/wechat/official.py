"""The official account of an instance (公众号), as the environment names it."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

API = "https://api.weixin.qq.com"
# What a template of ours is filled with: the title of the message, and when it came.
FILLED_WITH = ("title", "time")
KEY_BYTES = 32
_FIELD = re.compile(r"[a-z_]{1,32}\d{0,3}")
_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")


class AccountUnclear(Exception):
    """The account is named by halves, or something of it makes no sense; the argument is the setting's name."""


@dataclass(frozen=True)
class OfficialAccount:
    """An official account: who it is, what its calls are checked with, and the template that it fills."""

    app_id: str
    secret: str
    # Checks that a call comes from WeChat, and opens it: calls are taken in the safe mode (安全模式) alone.
    token: str
    key: bytes
    template: str
    # The fields of the template, each with what it is filled with.
    fields: tuple[tuple[str, str], ...]
    api: str = API


def read_official_account(variables: Mapping[str, str], *, secret: str, token: str, key: str) -> OfficialAccount | None:
    """The account that the variables name; None where they name none, `AccountUnclear` where they do it by halves."""
    app_id = variables.get("NIANGJIA_WECHAT_APP_ID", "").strip()
    if not app_id:
        return None
    template = variables.get("NIANGJIA_WECHAT_TEMPLATE", "").strip()
    api = (variables.get("NIANGJIA_WECHAT_API") or API).rstrip("/")
    if not secret:
        raise AccountUnclear("NIANGJIA_WECHAT_SECRET_FILE")
    if not _TOKEN.fullmatch(token):
        raise AccountUnclear("NIANGJIA_WECHAT_TOKEN_FILE")
    if not template:
        raise AccountUnclear("NIANGJIA_WECHAT_TEMPLATE")
    if not _is_safe(api):
        raise AccountUnclear("NIANGJIA_WECHAT_API")
    fields = _fields(variables.get("NIANGJIA_WECHAT_FIELDS") or "thing1=title,time2=time")
    return OfficialAccount(app_id, secret, token, _key(key), template, fields, api)


def _is_safe(api: str) -> bool:
    parts = urlsplit(api)
    on_this_machine = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or on_this_machine) and not parts.query


def _fields(written: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(part.strip().split("=")) for part in written.split(",")]
    for pair in pairs:
        if len(pair) != len(FILLED_WITH) or not _FIELD.fullmatch(pair[0]) or pair[1] not in FILLED_WITH:
            raise AccountUnclear("NIANGJIA_WECHAT_FIELDS")
    return tuple((field, filled) for field, filled in pairs)


def _key(written: str) -> bytes:
    try:
        key = base64.b64decode(f"{written}=", validate=True)
    except (binascii.Error, ValueError) as error:
        raise AccountUnclear("NIANGJIA_WECHAT_KEY_FILE") from error
    if len(key) != KEY_BYTES:
        raise AccountUnclear("NIANGJIA_WECHAT_KEY_FILE")
    return key
