"""Topics as they are offered in a place: the national ones, then those that places above and this one added."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.places.rules import ids_of
from niangjia.services.requests.models import LocalTopic
from niangjia.services.requests.rules.topics import BY_CODE, OTHER, TOPICS


def local_topics(path: str) -> Iterable[LocalTopic]:
    """Topics that this place or one above has added, in force today."""
    today = clock.today()
    rows = LocalTopic.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
    return rows.filter(place__in=ids_of(path)).order_by("pk")


def topic_choices(path: str = "") -> list[tuple[str, Any]]:
    """Topics as a field offers them, in groups; anything else comes last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in TOPICS:
        if topic.code != OTHER:
            groups.setdefault(_(topic.group), []).append((topic.code, _(topic.title)))
    local = [(topic.code, topic.title) for topic in local_topics(path)] if path else []
    offered: list[tuple[str, Any]] = list(groups.items())
    return [*offered, *([(_("本地"), local)] if local else []), (OTHER, _(BY_CODE[OTHER].title))]


def topic_words(code: str) -> str:
    """What a topic is called."""
    if code in BY_CODE:
        return _(BY_CODE[code].title)
    return LocalTopic.objects.filter(code=code).values_list("title", flat=True).first() or code


def topic_of(request: Any) -> str:
    """What the topic of a request is called; one read `with_local_topic` knows the name that a place gave it."""
    if request.topic in BY_CODE or not hasattr(request, "local_topic"):
        return topic_words(request.topic)
    return request.local_topic or str(request.topic)


def is_known(code: str, path: str) -> bool:
    """Whether this code may be chosen here; what a place added is asked for only where the code is none of everybody's."""
    return code in BY_CODE or any(topic.code == code for topic in local_topics(path))
