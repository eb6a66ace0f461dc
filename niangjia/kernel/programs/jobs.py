"""Uses of keys are counted for a minute, and then forgotten."""

from procrastinate.contrib.django import app

from niangjia.kernel.programs.services import forget_uses


@app.periodic(cron="*/5 * * * *")
@app.task(name="programs.forget_uses", queueing_lock="programs.forget_uses")
def forget_old_uses(timestamp: int) -> None:
    """Forget what no limit asks for."""
    del timestamp
    forget_uses()
