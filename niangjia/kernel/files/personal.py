"""What kept files hold about persons: each belongs to a matter, and goes with it."""

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable

TABLES = (
    PersonalTable(
        "files.StoredFile",
        gettext_noop("附件"),
        gettext_noop("办事时交来的照片和材料。"),
        Keep(gettext_noop("随所属的事项保存和删除"), End.DELETE),
        tell=gettext_noop("加密保存，列在所属的事项里。"),
        erase=gettext_noop("随所属的事项删除。"),
    ),
)
