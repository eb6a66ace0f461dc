"""How long the work on a roster will take, from how fast it has gone so far."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.intake.models import Import

# Before so much is done the speed is not known yet.
SMALLEST_SHARE = 20
STEP_S = 5
MINUTE_S = 60
NEARLY_S = 3


def seconds_left(*, done: int, rows: int, elapsed_s: float) -> int | None:
    """Seconds still to go at the speed so far; None where too little is done to tell."""
    if not done or done * SMALLEST_SHARE < rows or elapsed_s <= 0:
        return None
    return max(0, round(elapsed_s * (rows - done) / done))


def left_said(batch: Import) -> str:
    """How long it will still take, in words, rounded as people say it; nothing where nobody knows."""
    if batch.begun_at is None or not batch.rows_expected:
        return ""
    elapsed_s = (clock.now() - batch.begun_at).total_seconds()
    left = seconds_left(done=batch.cursor, rows=batch.rows_expected, elapsed_s=elapsed_s)
    if left is None:
        return ""
    if left <= NEARLY_S:
        return _("马上就好。")
    if left < MINUTE_S:
        seconds = -(-left // STEP_S) * STEP_S
        return ngettext("大约还要 %(n)s 秒。", "大约还要 %(n)s 秒。", seconds) % {"n": seconds}
    minutes = -(-left // MINUTE_S)
    return ngettext("大约还要 %(n)s 分钟。", "大约还要 %(n)s 分钟。", minutes) % {"n": minutes}
