"""What an employer's contact meets: what was asked for this employer with this phone, and nothing else."""

from datetime import datetime

from django.db.models import QuerySet

from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.sealed import blind
from niangjia.registers.employers.models import Employer
from niangjia.services.requests.for_employers.models import EmployerAsk

PHONE, FORM = "for_employers.phone", "for_employers.form"


def employer_with(uscc: str) -> Employer | None:
    """The employer of a credit code that is still open; none is told of beyond its own name."""
    with beyond(Purpose.CASES):
        return Employer.objects.filter(uscc=uscc, closed_on=None).first()


def asked_by(employer_id: int, phone: str) -> list[EmployerAsk]:
    """What was asked for this employer with this phone, the latest first."""
    with beyond(Purpose.CASES):
        return list(_asked(employer_id, phone).order_by("-at", "-pk"))


def one_asked_by(employer_id: int, phone: str, number: int) -> EmployerAsk | None:
    """One of them; to everybody else it is not there."""
    with beyond(Purpose.CASES):
        return _asked(employer_id, phone).filter(pk=number).first()


def asked_since(phone: str, at: datetime) -> int:
    """How often this phone asked since then."""
    with beyond(Purpose.CASES):
        return EmployerAsk.objects.filter(phone_blind=blind(PHONE, phone), at__gte=at).count()


def _asked(employer_id: int, phone: str) -> QuerySet[EmployerAsk]:
    rows = EmployerAsk.objects.filter(phone_blind=blind(PHONE, phone), request__asking_employer=employer_id)
    return rows.select_related("request__case__place__union", "request__case__handler")
