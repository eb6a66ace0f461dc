"""An e-mail address counts once a letter sent there was answered (确认邮箱)."""

import hmac
from base64 import b32encode
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.chinese import fold_width
from niangjia.kernel.messages.channels import Letter, ways
from niangjia.kernel.messages.models import Preference
from niangjia.kernel.messages.rules import Channel
from niangjia.kernel.messages.services import QUEUE
from niangjia.kernel.sealed import blind

ASK, CODE, HALF = "messages.prove_email", "message-email", 5


class Owner(Protocol):
    """Whose address."""

    @property
    def pk(self) -> Any:
        """The account's number."""


@transaction.atomic
def ask_email(owner: Owner, email: str) -> None:
    """Keep an address that is not proved yet, and have a letter sent there."""
    Preference.objects.update_or_create(pk=owner.pk, defaults={"asked_email": email})
    app.configure_task(ASK, queue=QUEUE).defer(account_id=owner.pk)


@transaction.atomic
def forget_email(owner: Owner) -> None:
    """No letters any more."""
    Preference.objects.filter(pk=owner.pk).update(asked_email="")
    get_user_model().objects.filter(pk=owner.pk).update(email="")


@beyond(Purpose.MESSAGES)
def send_proof(account_id: int) -> None:
    """The letter with the link; nothing where the address was taken back meanwhile."""
    account = get_user_model().objects.filter(pk=account_id, is_active=True).first()
    asked = _asked(account_id)
    way = ways().get(Channel.EMAIL)
    if account is None or not asked or way is None:
        return
    with translation.override(account.language):
        words = _(
            "有人在「娘家」里写了这个邮箱，要把消息发到这里。是您本人，把这串字填到消息设置里：{code}。不是，不用管，什么都不会发来。"
        )
        code = code_of(account_id, asked)
        key = str(uuid5(NAMESPACE_URL, code))
        letter = Letter(asked, _("确认您的邮箱"), words.format(code=code), key)
    way.send(letter)


@transaction.atomic
def prove(owner: Owner, code: str) -> bool:
    """The address counts from now on; False where the code of another letter was written, or none."""
    asked = _asked(owner.pk)
    written = "".join(fold_width(code).upper().split()).replace("-", "")
    if not asked or not hmac.compare_digest(code_of(owner.pk, asked).replace("-", "").encode(), written.encode()):
        return False
    get_user_model().objects.filter(pk=owner.pk).update(email=asked)
    Preference.objects.filter(pk=owner.pk).update(asked_email="")
    return True


def code_of(account_id: int, email: str) -> str:
    """The code that proves an address of an account: too long to be guessed, the same whenever it is asked for."""
    code = b32encode(blind(CODE, f"{account_id}:{email}")).decode()[: 2 * HALF]
    return f"{code[:HALF]}-{code[HALF:]}"


def _asked(account_id: int) -> str:
    return Preference.objects.filter(pk=account_id).values_list("asked_email", flat=True).first() or ""
