"""What saved views hold about persons: whose they are."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

YEARS_3 = 3 * 365

TABLES = (
    PersonalTable(
        "listing.SavedView",
        gettext_noop("存好的查看方式"),
        gettext_noop("让办事的人不用每次重新筛名单。"),
        Keep(
            gettext_noop("三年没有改过就删除"),
            End.DELETE,
            YEARS_3,
            due=lambda at: SavedView.objects.filter(changed_at__lt=at),
        ),
        tell=gettext_noop("记的是名单的筛选条件，不记搜的字，不按人记。"),
        erase=gettext_noop("只记是谁存的，里面没有别人的资料。"),
    ),
)
