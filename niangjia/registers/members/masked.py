"""Sealed facts of a person as they may be shown on a list: the last four of the number, the phone with its middle hidden."""

from typing import Any

from niangjia.kernel.people.masks import masked_number, masked_phone
from niangjia.kernel.sealed import unseal
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules import HOLDING_STATES
from niangjia.registers.members.rules.sealed_columns import SEALED_ID, SEALED_PHONE
from niangjia.registers.members.tails import TAIL_LENGTH

HOLDING = frozenset(state.value for state in HOLDING_STATES)


def number_of(person: Person) -> str:
    """The whole number of the paper, for the checks of a service; never for a page."""
    return unseal(person.id_sealed, aad=f"{SEALED_ID}.{person.pk}")


def phone_of(person: Person) -> str:
    """The whole phone, for the checks of a service; never for a page. Empty where none is known."""
    return unseal(person.phone_sealed, aad=f"{SEALED_PHONE}.{person.pk}") if person.phone_sealed else ""


def is_here(person: Any) -> bool:
    """Whether the person is a member in the actor's subtrees now; what became of others is not this actor's to know."""
    return person.shown_state in HOLDING


def clear_number(person: Any) -> str:
    """The whole number for a list that two people agreed to; of who is no longer here only its last four."""
    return number_of(person) if is_here(person) else shown_number(person)


def clear_phone(person: Any) -> str:
    """The whole phone for a list that two people agreed to; nothing of who is no longer here."""
    return phone_of(person) if is_here(person) else ""


def tail_of(person: Person) -> str:
    """The last four characters of the paper's number (证件尾号)."""
    return number_of(person)[-TAIL_LENGTH:]


def shown_number(person: Person) -> str:
    """The paper's number with all but its last four hidden."""
    return masked_number(number_of(person))


def shown_phone(person: Person) -> str:
    """The phone with its middle hidden; empty where none is known."""
    return masked_phone(phone_of(person))
