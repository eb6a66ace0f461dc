"""People for the tests of privacy: a member of the mill who has an account of her own, and whoever works beside her."""

from dataclasses import dataclass, field

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.privacy.notices import load_notices
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import CHEN, LIU, TODAY, enrol
from niangjia.registers.orgs.tests.office import Office

# Words that stand nowhere but in what she told us.
SECRETS = {"workplace": "鸿远纺织三车间", "title": "落纱长", "member_no": "HY-2014-7731"}


@dataclass
class World:
    """The office of the tests with 陈桂兰, who signs in herself, and 刘秀英 beside her."""

    office: Office = field(default_factory=Office)

    def __post_init__(self) -> None:
        load_notices()
        self.chen: Person = enrol(CHEN | SECRETS, self.office.mill)
        self.liu: Person = enrol(LIU, self.office.mill)
        self.account = own_account(self.chen, "chen")

    @property
    def herself(self) -> Actor:
        """陈桂兰 as she acts on her own side."""
        return actor_of(self.account, on=TODAY)

    def browser(self) -> Client:
        """Her own browser, in which she signed in long ago."""
        return open_session(Client(), self.account)

    def leaves(self) -> None:
        """She leaves the union."""
        Membership.objects.filter(person=self.chen).update(state="left", period=("2014-05-01", "2026-03-01"))


def proved_now(client: Client) -> Client:
    """The client as if its owner had proved this very moment who she is."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": clock.now().timestamp()}]
    session.save()
    return client


def own_account(person: Person, login: str) -> Account:
    """An account that belongs to a person and has no right of work."""
    return an_account(login, role=None, subject_id=person.pk, name=person.name)
