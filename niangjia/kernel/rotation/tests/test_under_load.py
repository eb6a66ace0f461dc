"""Keys change while people read and write: nobody meets a value that does not open, and none is lost."""

from collections.abc import Callable
from random import Random
from threading import Event, Thread
from time import perf_counter

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.rotation.rewrapping import rewrap_all
from niangjia.kernel.rotation.rules import SETTLES_AFTER
from niangjia.kernel.rotation.services import retire, rotate
from niangjia.kernel.rotation.tests.keys import ID, PHONE, keys_of_rows, own_keys, people
from niangjia.kernel.sealed import Tampered, keyring, seal, unseal
from niangjia.kernel.sealed.ciphers import AES_256_GCM, SM4_GCM
from niangjia.registers.members.models import Person

__all__ = ["own_keys"]
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("own_keys"),
]


class Office:
    """Readers and writers at work on the same people; what they met that they should not have."""

    def __init__(self, pks: list[int]) -> None:
        self.pks, self.stop = pks, Event()
        self.faults: list[str] = []
        self.done = {"read": 0, "write": 0, "write back": 0}
        work: tuple[Callable[[Random], str], ...] = (self._read, self._read, self._write, self._write_back)
        self.threads = [Thread(target=self._keep, args=(one, Random(number))) for number, one in enumerate(work)]

    def _keep(self, work: Callable[[Random], str], random: Random) -> None:
        while not self.stop.is_set():
            try:
                self.done[work(random)] += 1
            except (Tampered, DatabaseError, LookupError, ValueError) as error:
                self.faults.append(repr(error))
        connection.close()

    def _read(self, random: Random) -> str:
        pk = random.choice(self.pks)
        id_sealed, phone = Person.objects.values_list("id_sealed", "phone_sealed").get(pk=pk)
        if unseal(id_sealed, aad=f"{ID}.{pk}") != f"N{pk}" or not _phone(pk, phone).startswith(f"{pk}:"):
            self.faults.append(f"{pk} says something else")
        return "read"

    @transaction.atomic
    def _write(self, random: Random) -> str:
        """The phone counts on: a write that were lost would show as a number too small."""
        pk = random.choice(self.pks)
        held = Person.objects.select_for_update().only("phone_sealed").get(pk=pk)
        count = int(_phone(pk, held.phone_sealed or b"").partition(":")[2])
        Person.objects.filter(pk=pk).update(phone_sealed=seal(f"{pk}:{count + 1}", aad=f"{PHONE}.{pk}"))
        return "write"

    @transaction.atomic
    def _write_back(self, random: Random) -> str:
        """Somebody saves a whole person as it was read, sealed bytes and all."""
        held = Person.objects.select_for_update().get(pk=random.choice(self.pks))
        held.workplace = f"{random.random()}"
        held.save()
        return "write back"


def _phone(pk: int, sealed: bytes) -> str:
    return unseal(sealed, aad=f"{PHONE}.{pk}")


@pytest.mark.parametrize("count", [2_000, pytest.param(50_000, marks=pytest.mark.deep)])
def test_keys_change_under_load_and_nobody_notices(count: int) -> None:
    office = Office(people(count))
    for thread in office.threads:
        thread.start()
    rates = {}
    for cipher in (SM4_GCM, AES_256_GCM):
        rotate(cipher=cipher, by=Actor.operator())
        began = perf_counter()
        tally = rewrap_all(within_s=600)
        rates[cipher] = tally.rewrapped / (perf_counter() - began)
        assert tally.is_whole
        assert not tally.unreadable
    office.stop.set()
    for thread in office.threads:
        thread.join()
    rewrap_all(within_s=60)
    assert office.faults == []
    assert min(office.done.values()) > 0
    assert keys_of_rows() == {3}
    written = 0
    for someone in Person.objects.only("phone_sealed"):
        written += int(_phone(someone.pk, someone.phone_sealed or b"").partition(":")[2])
    assert written == office.done["write"]
    for number in (1, 2):
        with clock.at(clock.now() + SETTLES_AFTER):
            retire(number, by=Actor.operator())
    assert set(keyring().ciphers) == {3}
    print({name: f"{rate:,.0f} values a second" for name, rate in rates.items()}, office.done)  # noqa: T201 - shown by pytest -s
