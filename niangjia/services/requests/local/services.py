"""Add a local topic, and end it: a cadre of the county, or above, for all below."""

import secrets
import string
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.services.requests.models import LocalTopic
from niangjia.services.requests.rules.moves import KEEP_TOPICS
from niangjia.services.requests.rules.topics import TOPICS

HIGH = tuple(level.value for level in Level if level.rank <= Level.COUNTY.rank)
DRAWN = 12


class NotAdded(Exception):
    """The topic stays as it is; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def place_for(actor: Actor) -> Place | None:
    """For which place the actor adds topics: hers, where it is a county or stands above one."""
    ids = [right.place_id for right in actor.rights if right.role in KEEP_TOPICS.roles]
    return Place.objects.filter(pk__in=ids, level__in=HIGH, closed_on=None).order_by("path").first()


def kept_by(actor: Actor) -> QuerySet[LocalTopic]:
    """Topics of the places where the actor adds them, those in use first."""
    here = within(actor.paths(KEEP_TOPICS), field="place__path")
    return LocalTopic.objects.filter(here, place__level__in=HIGH).select_related("place__union").order_by("-pk")


@transaction.atomic
def add_topic(title: str, words: str, *, valid_from: date, by: Actor) -> LocalTopic:
    """Add a topic (添加地方事由): phone and desk offer it from that day on."""
    place = place_for(by)
    if place is None:
        raise Forbidden("no_role")
    above = LocalTopic.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), place__in=ids_of(place.path))
    if above.filter(title=title.strip()).exists() or title.strip() in {_(topic.title) for topic in TOPICS}:
        raise NotAdded(Reason("there_already", _THERE_ALREADY, {}))
    code = "local_" + "".join(secrets.choice(string.ascii_lowercase) for _each in range(DRAWN))
    topic = LocalTopic.objects.create(
        city=place.city, place=place, code=code, title=title.strip(), words=words.strip(), valid_from=valid_from
    )
    _tell("add_topic", topic, by=by)
    return topic


@transaction.atomic
def end_topic(topic_id: int, *, on: date, by: Actor) -> LocalTopic:
    """End a topic (停用地方事由) with its last day; what was said under it stays as it was said."""
    topic = kept_by(by).select_for_update(of=("self",)).filter(pk=topic_id).first()
    if topic is None:
        raise Forbidden("out_of_scope")
    if topic.valid_to is not None and topic.valid_to < clock.today():
        raise NotAdded(Reason("ended_already", _ENDED, {}))
    if on < max(topic.valid_from, clock.today()):
        raise NotAdded(Reason("too_early", _TOO_EARLY, {}))
    topic.valid_to = on
    topic.save(update_fields=["valid_to"])
    _tell("end_topic", topic, by=by)
    return topic


def _tell(verb: str, topic: LocalTopic, *, by: Actor) -> None:
    detail = {
        "code": topic.code,
        "from": topic.valid_from.isoformat(),
        "to": topic.valid_to and topic.valid_to.isoformat(),
    }
    record(verb, by=by, thing="local_topic", thing_id=topic.pk, place=(topic.city, topic.place_id), detail=detail)


_THERE_ALREADY = gettext_noop("已经有这个事由了，在用着。换一个叫法，或者不用再加。")
_ENDED = gettext_noop("这个事由已经停用了，请刷新看看。")
_TOO_EARLY = gettext_noop("最后一天不能早于今天，也不能早于开始用的那天。请重新选。")
