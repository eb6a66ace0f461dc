"""Planning at the pages: which kind, a dry run, a plan that is kept, sent, approved; who gets no further."""

import re

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.orgs.past.queries import level_on
from niangjia.registers.orgs.reorganising.jobs import carry_out_one, look_after_reorganisations
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.rules.workflow import DONE
from niangjia.registers.orgs.reorganising.tests.land import DOCUMENT, Land
from niangjia.registers.orgs.tests.office import actor_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Land:
    return Land()


def signed(land: Land, name: str) -> Client:
    return open_session(Client(), getattr(land, name))


def address(land: Land, operation: str = "merge") -> str:
    return f"/unions/{land.park.code}/reorganise/{operation}/"


def test_a_plan_is_tried_kept_sent_approved_by_another_and_done(land: Land) -> None:
    zhou, han = signed(land, "zhou"), signed(land, "han")
    assert f"/unions/{land.park.code}/reorganise/" in zhou.get(f"/unions/{land.park.code}/").content.decode()
    assert "合成一个" in zhou.get(f"/unions/{land.park.code}/reorganise/").content.decode()
    given = {"into": land.town.code, "planned_on": clock.today().isoformat()}
    page = zhou.post(address(land), given | {"try": "1"}).content.decode()
    assert "「开发区工会」并入「柳林镇总工会」" in page
    assert "1 家单位" in page
    assert not Reorganisation.objects.exists()
    answer = zhou.post(address(land), given | {"keep": "1"})
    kept = Reorganisation.objects.get()
    case = f"/desk/reorganising/{kept.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, case)
    assert "会跟着变的" in zhou.get(case).content.decode()
    assert zhou.post(f"{case}submit/").status_code == 302
    assert "批准调整" not in re.findall(r"btn-primary[^>]*>([^<]*)<", zhou.get(case).content.decode())
    assert "去批" in han.get("/").content.decode()
    assert han.post(f"{case}approve/", {"document": DOCUMENT, "seen-document": "null"}).status_code == 302
    carry_out_one.func(case_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.case.stage, kept.document) == (DONE, DOCUMENT)
    page = zhou.get(case).content.decode()
    assert DOCUMENT in page
    assert "1 / 1" in page
    assert "办一件反过来的" in page
    assert "「开发区工会」并入「柳林镇总工会」" in zhou.get("/desk/reorganising/").content.decode()


def test_a_mistake_is_told_beside_its_field(land: Land) -> None:
    zhou = signed(land, "zhou")
    page = zhou.post(address(land), {"into": "", "planned_on": "2020-01-01", "try": "1"}).content.decode()
    assert 'id="id_into_wrong"' in page
    assert 'id="id_planned_on_wrong"' in page
    page = zhou.post(address(land, "split"), {"name": "高新区工会", "planned_on": "", "try": "1"}).content.decode()
    assert 'id="id_planned_on_wrong"' in page


def test_who_keeps_the_union_itself_or_another_one_finds_no_page(land: Land) -> None:
    for account in (land.hers, an_account("li", role=Role.CADRE, at=land.town.place)):
        client = open_session(Client(), account)
        assert client.get(address(land)).status_code == 404
        assert client.get(f"/unions/{land.park.code}/reorganise/").status_code == 404
    assert signed(land, "zhou").get(address(land, "nothing")).status_code == 404
    assert "reorganise/" not in signed(land, "hers").get(f"/unions/{land.park.code}/").content.decode()


def test_the_hourly_job_has_nothing_to_do_where_nothing_is_due(land: Land) -> None:
    look_after_reorganisations.func(0)
    assert level_on(actor_at(land.county), clock.today(), land.park.code) is not None
