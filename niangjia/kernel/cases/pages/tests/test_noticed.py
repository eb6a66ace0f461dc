"""A step behind a public notice, walked in pages: a stranger objects, and nobody goes past it before another has answered."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from niangjia.kernel import clock
from niangjia.kernel.access.tests.signing_in import open_session, with_codes
from niangjia.kernel.cases.kinds import CaseKind
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices.models import Publication
from niangjia.kernel.cases.notices.services import Told, publish
from niangjia.kernel.cases.notices.tests.hanging import FLOW
from niangjia.kernel.cases.notices.tests.world import World, acts, wired
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.pages.urls import desk_address, own_address, urls_of
from niangjia.kernel.listing import Badge

HERE = "niangjia.kernel.cases.pages.tests.test_noticed"
pytestmark = [pytest.mark.django_db, pytest.mark.urls(HERE)]
STAGES = {"checked": "核过了", "shown": "在公示", "granted": "给了"}
NOTICED_KIND = CaseKind(
    FLOW.kind, "助学", steps=("核查", "公示", "办结"), stages=STAGES,
    moves={"show": "挂出公示", "put_back": "撤下重核", "grant": "同意给"}, desk=desk_address, own=own_address,
)  # fmt: skip
BADGES = {stage: Badge("doing", words) for stage, words in STAGES.items()}
LINE = Line(
    FLOW, NOTICED_KIND, "助学", BADGES, OwnWords(BADGES, dict.fromkeys(STAGES, "在{office}办")), does=f"{HERE}.done"
)  # fmt: skip
WORDS = "她家在县城有两套房。"


def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make the move; what goes up in public goes up with it."""
    case = press(case_id, move, pressed)
    if move == "show":
        shown = Case.objects.select_related("place").get(pk=case_id)
        publish(shown, Told("aid", "陈桂兰", "study"), at=[], by=pressed.by, on=clock.today())
    return case


urlpatterns = [*urls_of(LINE), path("", include("niangjia.config.urls"))]


@pytest.fixture
def world(settings: Any) -> World:
    wired(settings)
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, f"{HERE}.NOTICED_KIND")
    return World()


def test_a_stranger_objects_and_the_step_waits_for_the_answer(world: World) -> None:
    by = acts(world.zhou)
    case = open_case(FLOW, place=world.place, askers=[world.people.chen.pk], by=by, at=clock.now())
    address = f"/desk/{FLOW.kind}/{case.pk}/"
    open_session(Client(), with_codes(world.zhou)).post(f"{address}show/")
    notice = Publication.objects.get(case=case)
    stranger = Client()
    assert "陈*兰" in stranger.get(f"/notices/{notice.code}/").content.decode()
    sent = stranger.post(f"/notices/{notice.code}/object/", {"words": WORDS}).content.decode()
    receipt = re.search(r"data-receipt>([\d ]{19})<", sent)
    assert receipt is not None
    after = clock.now() + (notice.ends_on - notice.begins_on) + timedelta(days=1)
    with clock.at(after):
        zhou, wang = (open_session(Client(), account) for account in (world.zhou, with_codes(world.wang)))
        refused = wang.post(f"{address}grant/", follow=True).content.decode()
        assert "公示还没有结束，或者还有异议没有答复" in refused
        assert "同意给" not in wang.get(address).content.decode()
        objection = notice.objections.get()
        wang.post(
            f"/cases/notices/{notice.pk}/", {"objection": objection.pk, "verdict": "dismissed", "says": "只有一套。"}
        )
        assert "只有一套。" in stranger.post("/notices/receipt/", {"receipt": receipt[1]}).content.decode()
        zhou.post(f"{address}grant/")
        case.refresh_from_db()
        assert case.stage == "shown"
        assert "同意给" in wang.get(address).content.decode()
        wang.post(f"{address}grant/")
    case.refresh_from_db()
    assert case.stage == "granted"


def test_before_its_last_day_nobody_goes_past_it(world: World) -> None:
    world.put_up()
    wang = open_session(Client(), with_codes(world.wang))
    answer = wang.post(f"/desk/{FLOW.kind}/{world.case.pk}/grant/", follow=True)
    assert "公示还没有结束" in answer.content.decode()
    world.case.refresh_from_db()
    assert world.case.stage == "shown"
