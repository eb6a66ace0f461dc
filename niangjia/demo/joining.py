"""People who apply to join the demo county's unions, by the real services at their instants."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from niangjia.demo.rules.joining import APPLICATIONS, NEW_FORM, PlannedApplication, PlannedMove
from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.privacy.queries import notice_of
from niangjia.registers.members.joining.approving import done
from niangjia.registers.members.joining.catching import set_catch_all
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.rules.applying import Written
from niangjia.registers.members.joining.rules.trades import TRADES
from niangjia.registers.members.joining.services import NOTICE, Applied, Applying, Proof, apply_to_join, ask_to_prove
from niangjia.registers.orgs.models import Union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]


def apply_to_unions(*, ago: Ago, actor: Acting) -> None:
    """The county says who takes in whom; then people apply, and some of them are answered."""
    load_notices()
    union = Union.objects.filter(name=NEW_FORM).first()
    if union is None:
        return
    with ago(days=13):
        for trade in TRADES:
            set_catch_all(trade.key, union.code, by=actor("zhoumin"))
    for place, planned in enumerate(APPLICATIONS):
        application = _applied(planned, f"162001{place:05d}", ago=ago)
        if application is not None:
            _answered(application, planned.moves, ago=ago, actor=actor)


def _applied(planned: PlannedApplication, phone: str, *, ago: Ago) -> Application | None:
    union = Union.objects.get(name=planned.union)
    with ago(days=planned.days_ago):
        notice = notice_of(NOTICE, on=clock.today())
        written = Written(planned.name, planned.number, phone)
        applying = Applying(union.pk, written, notice.version if notice else 0, trade=planned.trade)
        code = ask_to_prove(applying, at=clock.now(), is_shown=True)
        if not isinstance(code, PhoneCode):
            return None
        became = apply_to_join(applying, Proof(code.pk, digits_of(code), is_shown=True), at=clock.now())
    return became.application if isinstance(became, Applied) else None


def _answered(application: Application, moves: Iterable[PlannedMove], *, ago: Ago, actor: Acting) -> None:
    for move in moves:
        with ago(days=move.days_ago):
            done(application.pk, move.move, Pressed(actor(move.login), clock.now(), reason=move.reason))
