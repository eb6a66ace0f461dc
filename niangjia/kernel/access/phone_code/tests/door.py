"""The workers' door for tests: a gateway that keeps its messages, and a worker who knocks.

client, phone = Client(), PHONE
code = knock(client, phone)
write(client, code)
"""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel.access.phone_code import jobs
from niangjia.kernel.messages import KeptTexts
from niangjia.kernel.messages.texts import KeptText
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.models import Union

KEPT = "niangjia.kernel.messages.KeptTexts"
FAR = {"REMOTE_ADDR": "203.0.113.7"}
PHONE, OTHER_PHONE, NOBODYS_PHONE = "13800132206", "13900007715", "13700000001"
ASKED = "/sign-in/phone/code/"


@pytest.fixture
def gateway(settings, monkeypatch) -> list[KeptText]:
    """Messages are kept instead of sent."""
    settings.NIANGJIA_TEXTS = KEPT
    monkeypatch.setattr(KeptTexts, "kept", [])
    return KeptTexts.kept


def member(union: Union, name: str = "陈桂兰", phone: str = PHONE, *, sequence: int = 302) -> Person:
    """A member with this phone."""
    number = a_number("34992119800302", sequence)
    return enrol({"name": name, "id_number": number, "phone": phone, "joined_on": "2014-05-01"}, union)


def deliver() -> None:
    """Do the jobs that wait, as the worker would."""
    for job in ProcrastinateJob.objects.filter(task_name=jobs.send.name, status="todo").order_by("id"):
        jobs.send.func(**job.args)


def asked_for(client: Client, phone: str, **extra):
    """Ask for a code."""
    return client.post("/sign-in/phone/", {"phone": phone}, **(FAR | extra))


def knock(client: Client, phone: str, **extra) -> str:
    """Ask for a code and read it from the phone."""
    answer = asked_for(client, phone, **extra)
    assert (answer.status_code, answer["Location"]) == (302, ASKED), answer.content.decode()
    deliver()
    kept = KeptTexts.kept[-1]
    assert kept.phone == phone
    return kept.values["code"]


def write(client: Client, code: str, **extra):
    """Write a code."""
    return client.post(ASKED, {"code": code}, **(FAR | extra))


def wrong(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def is_inside(client: Client, **extra) -> bool:
    """Whether this browser is signed in."""
    return "_auth_user_id" in client.session
