"""What both kinds of tests begin with: the provider runs, and a cadre is linked to the person who signs in there."""

from collections.abc import Iterator

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.city.services import link
from niangjia.kernel.access.city.tests.provider import Provider
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.tests.signing_in import an_account, with_codes


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with Provider() as running:
        settings.NIANGJIA_CITY_DOOR = running.door()
        yield running


@pytest.fixture
def cadre(provider: Provider) -> Account:
    account = with_codes(an_account("zhou", email="zhou@example.cn"))
    link(account, "u-1001", door=provider.door(), by=actor_of(account, on=clock.today()))
    return account
