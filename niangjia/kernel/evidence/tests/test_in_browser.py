"""On a phone: a photo goes ahead, is shown, outlives an error, and arrives."""

from pathlib import Path

import pytest

from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.tests.hostile_pictures import picture
from niangjia.kernel.privacy.tests.people import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_photo_is_shown_outlives_an_error_and_arrives(inside, phone_page, tmp_path: Path, settings):
    settings.NIANGJIA_DATA = tmp_path
    good, wrong = tmp_path / "photo.jpg", tmp_path / "moving.gif"
    good.write_bytes(picture(size=(900, 700)))
    wrong.write_bytes(b"GIF89a" + bytes(40))
    page = inside(phone_page, World().account, at="/mine/correction/?fact=phone")
    page.locator("input[type=file]").first.set_input_files([good])
    page.locator("[data-held] img").wait_for()
    assert page.locator("[data-held] img").evaluate("(seen) => seen.decode().then(() => seen.naturalWidth)") == 900
    page.get_by_role("button", name="交给工会").click()
    page.get_by_text("还没有写对的是什么").wait_for()
    page.locator("[data-held] img").wait_for()
    page.get_by_label("对的是什么").fill("换了号码")
    page.get_by_role("button", name="交给工会").click()
    page.wait_for_url("**/services/requests/**")
    assert [each.owner for each in StoredFile.objects.all()] == ["correction"]
