"""Which identity belongs to which account, and which links for linking are good."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings

from niangjia.kernel import clock
from niangjia.kernel.access.city.models import CityIdentity, CityLink
from niangjia.kernel.access.city.rules import CityDoor
from niangjia.kernel.access.models import Account
from niangjia.kernel.sealed import blind

SUBJECTS, TOKENS = "city_sign_in.subject", "city_sign_in.token"


def city_door() -> CityDoor | None:
    """The city's identity system; None where none is set up."""
    door: CityDoor | None = settings.NIANGJIA_CITY_DOOR
    return door


def identity_of(account: Account, door: CityDoor) -> CityIdentity | None:
    """The identity that opens an account."""
    return CityIdentity.objects.filter(account=account, issuer=door.issuer).first()


def identity_meant(door: CityDoor, subject: str) -> CityIdentity | None:
    """The link of the identity that somebody came with; never by a name, never by an address."""
    found = CityIdentity.objects.select_related("account").filter(subject_index=index_of(door, subject))
    return found.first()


def link_meant(token: str) -> CityLink | None:
    """The link that a token belongs to while it is good, held; none of an account that is switched off."""
    oldest = clock.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    found = CityLink.objects.select_for_update(of=("self",)).select_related("account", "account__place")
    return found.filter(token_index=blind(TOKENS, token), made_at__gt=oldest, account__is_active=True).first()


def has_codes(account: Account) -> bool:
    """Whether codes are set up: whoever comes by a link shows one, so that the link alone opens nothing."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists())


def index_of(door: CityDoor, subject: str) -> bytes:
    """The keyed index of an identity."""
    return blind(SUBJECTS, f"{door.issuer}\n{subject}")
