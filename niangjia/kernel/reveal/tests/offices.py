"""Offices and people for the tests of looks: a county with a mill, and who acts there."""

from dataclasses import replace
from typing import Any

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import BEGAN, an_account
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import open_place
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.reveal.services import SealedValue
from niangjia.kernel.sealed import seal

NUMBER, PHONE = "349921198003023021", "13800132206"
VALUES = {Field.ID_NUMBER: NUMBER, Field.PHONE: PHONE, Field.ILLNESS: "肺炎"}
CITY = "349900"


class County:
    """A county with a mill; every place is a bare place here."""

    def __init__(self) -> None:
        """Open the places."""
        self.county = open_place(Level.COUNTY, city=CITY, on=BEGAN)
        self.mill = open_place(Level.BASE, city=CITY, on=BEGAN, parent=self.county)
        self.park = open_place(Level.TOWN, city=CITY, on=BEGAN, parent=self.county)

    def actor(self, role: Role = Role.CADRE, at: Place | None = None, login: str = "") -> Actor:
        """Somebody with one right, as a request has her."""
        place = at or self.county
        account = an_account(login or f"{role.value}-{place.pk}", role=role, at=place)
        return named(actor_of(account, on=BEGAN))

    def member(self) -> Subject:
        """Somebody of the mill."""
        return Subject.objects.create(city=CITY)

    def sealed(self, member: Subject, field: Field = Field.ID_NUMBER) -> SealedValue:
        """A sealed value of a member of the mill."""
        aad = f"tests.{field.value}.{member.pk}"
        return SealedValue(
            subject_id=member.pk,
            field=field,
            sealed=seal(VALUES[field], aad=aad),
            aad=aad,
            city=CITY,
            place_id=self.mill.pk,
            path=self.mill.path,
        )


def named(actor: Actor, unit: str = "安禾县总工会") -> Actor:
    """The actor with a name for the place: bare places have none."""
    return replace(actor, rights=tuple(replace(right, place_name=unit) for right in actor.rights))


def worker(member: Subject, **facts: Any) -> Account:
    """The member's own account."""
    return an_account(f"worker-{member.pk}", role=None, subject=member, **facts)
