"""What the platform calls us with: signed, sealed, opened and read; nothing of it is believed before."""

import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from xml.etree.ElementTree import Element, ParseError

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # the library has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # as above

from niangjia.kernel.messages.wechat.official import OfficialAccount
from niangjia.kernel.messages.wechat.rules import SCENE_OF_NEWCOMERS, Call, Event, is_fresh

BLOCK, DRAW, LENGTH = 32, 16, 4


class NotBelieved(Exception):
    """A call that does not come from the platform, is a copy, or cannot be read."""


@dataclass(frozen=True)
class Signed:
    """How a call is signed: over its time, a draw and what it carries."""

    signature: str
    timestamp: str
    nonce: str


def opened(account: OfficialAccount, signed: Signed, carried: str, *, at: datetime) -> str:
    """What was carried; `NotBelieved` where it was not signed just now with our token, or was meant for another account."""
    if not is_fresh(signed.timestamp, at=at):
        raise NotBelieved
    ours = signature_of(account.token, signed.timestamp, signed.nonce, carried)
    if not hmac.compare_digest(ours.encode(), signed.signature.encode()):
        raise NotBelieved
    text, app_id = _decrypted(account.key, carried)
    if app_id != account.app_id:
        raise NotBelieved
    return text


def greeted(account: OfficialAccount, signed: Signed, *, at: datetime) -> None:
    """The platform looks whether we are there (服务器验证); `NotBelieved` where it is somebody else."""
    ours = signature_of(account.token, signed.timestamp, signed.nonce)
    if not is_fresh(signed.timestamp, at=at) or not hmac.compare_digest(ours.encode(), signed.signature.encode()):
        raise NotBelieved


def signature_of(*parts: str) -> str:
    """The signature that the platform puts under a call; its way, not ours, and the body is sealed besides."""
    return sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the platform knows no other


def heard(account: OfficialAccount, signed: Signed, body: bytes, *, at: datetime) -> Call:
    """The call that a body carries."""
    carried = _read(body).findtext("Encrypt", "")
    told = _read(opened(account, signed, carried, at=at).encode())
    openid, made = told.findtext("FromUserName", ""), told.findtext("CreateTime", "")
    if not openid or len(openid) > BLOCK * 2 or not is_fresh(made, at=at):
        raise NotBelieved
    event = told.findtext("Event", "") if told.findtext("MsgType") == "event" else ""
    return Call(
        openid=openid,
        event=Event(event) if event in set(Event) else None,
        scene=told.findtext("EventKey", "").removeprefix(SCENE_OF_NEWCOMERS),
        at=datetime.fromtimestamp(int(made), UTC),
    )


def _read(text: bytes) -> Element:
    """XML without a type of its own, without entities, without anything fetched."""
    try:
        found: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NotBelieved from error
    return found


def _decrypted(key: bytes, carried: str) -> tuple[str, str]:
    """The text, and the account that it is for: a draw, the text's length, the text, the account, then padding."""
    try:
        sealed = b64decode(carried, validate=True)
        opening = Cipher(algorithms.AES(key), modes.CBC(key[:DRAW])).decryptor()
        padded = opening.update(sealed) + opening.finalize()
        padding = padded[-1]
        if not 0 < padding <= BLOCK:
            raise NotBelieved
        text = padded[DRAW:-padding]
        length = int.from_bytes(text[:LENGTH], "big")
        return text[LENGTH : LENGTH + length].decode(), text[LENGTH + length :].decode()
    except (NotBase64, ValueError, IndexError) as error:
        raise NotBelieved from error
