from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.tests.signing_in import PASSWORD
from niangjia.kernel.privacy.models import PersonalFile
from niangjia.kernel.privacy.own_file import make_file
from niangjia.kernel.privacy.queries import may_use
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.tests.browser import holds_its_width
from niangjia.registers.members.tests.people import ID_CHEN, TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_worker_agrees_withdraws_and_takes_her_data_with_her(inside, phone_page):
    world = World()
    page = inside(phone_page, world.account, at="/mine/")
    page.get_by_role("link", name="我的授权").click()
    page.get_by_role("link", name="健康和医疗资料").click()
    holds_its_width(page)
    page.get_by_role("button", name="我看过了，同意").click()
    page.get_by_text("已同意。随时可以撤回。").wait_for()
    assert may_use(world.chen.pk, "health", on=TODAY)
    page.get_by_role("link", name="撤回同意").click()
    holds_its_width(page)
    page.get_by_role("button", name="撤回").click()
    page.get_by_text("已撤回。以后随时可以再同意。").wait_for()
    assert not may_use(world.chen.pk, "health", on=TODAY)
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="做一份").click()
    page.get_by_text("正在做").wait_for()
    with beyond(Purpose.OWN_DATA):
        make_file(PersonalFile.objects.get().pk)
    page.get_by_role("link", name="刷新").click()
    page.get_by_role("link", name="下载").click()
    page.get_by_label("密码").fill(PASSWORD)
    with page.expect_download() as waited:
        page.get_by_role("button", name="确认").click()
    taken = Path(waited.value.path()).read_bytes()
    with ZipFile(BytesIO(taken)) as archive:
        assert ID_CHEN in archive.read("我的资料.json").decode()
