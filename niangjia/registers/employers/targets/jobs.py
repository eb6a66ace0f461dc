"""Leads are counted every night (19:40 UTC is 03:40 where the people are); found here by the worker."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.registers.employers.targets.leads import count_leads

COUNT, QUEUE = "targets.count_leads", "targets"


@app.periodic(cron="40 19 * * *")
@app.task(name=COUNT, queue=QUEUE, queueing_lock=COUNT)
def count_leads_nightly(timestamp: int) -> None:
    """Which employers without a union members name now (找线索)."""
    del timestamp
    count_leads(on=clock.today())
