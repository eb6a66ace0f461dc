"""Elections are heard: whoever comes to a committee is in the list of cadres, and another chair opens a handing over."""

from niangjia.kernel import clock
from niangjia.kernel.journal.models import Entry
from niangjia.registers.cadres.handing.services import chair_changed
from niangjia.registers.cadres.rules.posts import HEADS
from niangjia.registers.cadres.services import open_files

SEATED = frozenset({"begin_term", "set_up_body", "fill_seat"})
LEFT = frozenset({"leave_seat"})
POSTED = frozenset({"begin_post", "end_post"})


class _Whoever:
    """The author of an entry that was heard."""

    def __init__(self, entry: Entry) -> None:
        self.account_id = entry.account_id
        self.words = entry.author


def hear(entry: Entry) -> None:
    """Somebody may sit where nobody sat before, and another may lead the union: in the transaction of the act itself."""
    if entry.place_id is None:
        return
    if entry.thing == "term" and entry.verb in SEATED:
        open_files(entry.place_id)
    if _changes_chair(entry):
        chair_changed(entry.place_id, by=_Whoever(entry), on=clock.today())


def _changes_chair(entry: Entry) -> bool:
    if entry.thing == "term":
        return entry.verb in SEATED | LEFT
    is_post = entry.thing == "cadre" and entry.verb in POSTED
    return is_post and (entry.detail or {}).get("post") in {post.value for post in HEADS}
