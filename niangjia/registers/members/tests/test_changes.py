"""What was changed of a member, from what to what, and how much of a number is shown."""

import pytest

from niangjia.kernel.access.rules import Role
from niangjia.registers.members.models import Person
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, TODAY, a_number, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office, client_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def chen(office: Office) -> Person:
    return enrol(CHEN, office.mill)


@pytest.mark.django_db(transaction=True)
def test_the_first_change_says_from_what_to_what(office: Office, chen: Person) -> None:
    edit_member(chen.pk, CHEN | {"title": "班长", "phone": "13911112222"}, by=OPERATOR, on=TODAY)
    edit_member(chen.pk, CHEN | {"title": "车间主任", "phone": "13911112222"}, by=OPERATOR, on=TODAY)
    page = client_at(office.town).get(f"/members/{chen.pk}/").content.decode()
    for words in ("职务职称：（空） → 班长", "职务职称：班长 → 车间主任", "手机：138****2206 → 139****2222"):
        assert words in page
    assert "已改" not in page
    assert PHONE_CHEN not in page


def test_a_number_put_right_is_shown_by_its_end_alone(office: Office, chen: Person) -> None:
    right = a_number("34992119800302", 304)
    edit_member(chen.pk, CHEN | {"id_number": right}, by=OPERATOR, on=TODAY)
    page = client_at(office.mill, Role.CHAIR).get(f"/members/{chen.pk}/").content.decode()
    assert f"**************{ID_CHEN[-4:]} → **************{right[-4:]}" in page
    assert right not in page


def test_what_a_roster_changed_stands_there_too(office: Office, chen: Person) -> None:
    Person.objects.filter(pk=chen.pk).update(workplace="第二纺织厂")
    page = client_at(office.town).get(f"/members/{chen.pk}/").content.decode()
    assert "按花名册或规则更新了资料" in page
    assert "工作单位：（空） → 第二纺织厂" in page
    assert "工作单位" not in client_at(office.park).get(f"/members/{chen.pk}/").content.decode()
