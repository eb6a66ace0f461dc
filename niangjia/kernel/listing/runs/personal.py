"""What actions in the background hold about persons: whose they are, and numbers of rows until they are over."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing.runs.models import BulkRun
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

KEPT_DAYS = 30

TABLES = (
    PersonalTable(
        "listing_runs.BulkRun",
        gettext_noop("批量办理"),
        gettext_noop("一次办很多条时，记办到哪里、改了几条。"),
        Keep(
            gettext_noop("办完以后三十天"),
            End.DELETE,
            KEPT_DAYS,
            due=lambda at: BulkRun.objects.filter(ended_at__lt=at),
        ),
        tell=gettext_noop("只记名单里的编号，办完就清空，不按人记。"),
        erase=gettext_noop("只记名单里的编号，办完就清空。"),
    ),
)
