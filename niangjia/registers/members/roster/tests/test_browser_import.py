"""The way of a roster in a real browser: dropped, mapped, tried, landed, mended, landed again, undone."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from niangjia.kernel.intake.sheets.tests.hostile_others import ods, ods_rows
from niangjia.kernel.web.tests.browser import Inside, holds_its_width
from niangjia.registers.members.models import Person
from niangjia.registers.members.roster.tests.desk import (
    HEADER,
    cadre_of,
    county,
    good_row,
    id_number,
    work_off,
    workbook,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG = id_number(77)[:-1] + ("1" if id_number(77)[-1] != "1" else "2")


def ugly_roster(folder: Path) -> Path:
    """A title above the header, odd names of columns, a totals row, an ID copied wrongly."""
    rows = [good_row(1), good_row(2), good_row(3, 身份证号码=WRONG), ["合计", "", "3人", "", ""]]
    path = folder / "11月花名册.xlsx"
    path.write_bytes(workbook(rows, header=("职工姓名", "证照", "联系电话", "工种", "备注"), title="2026年会员花名册"))
    return path


def choose(page: Page, path: Path) -> None:
    page.get_by_label("花名册").set_input_files(path)
    expect(page.locator("[data-drop-name]")).to_have_text(path.name)
    page.get_by_role("button", name="上传，看看各列").click()
    expect(page.get_by_role("heading", name="各列对应")).to_be_visible()


def finish(page: Page, words: str) -> None:
    """What the worker would do meanwhile; the page notices by itself."""
    expect(page.locator("#progress")).to_be_visible()
    work_off()
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def test_a_roster_lands_its_faults_are_mended_and_all_is_taken_back(
    inside: Inside, desk_page: Page, tmp_path: Path
) -> None:
    upper, _town = county()
    page = inside(desk_page, cadre_of(upper), at="/members/imports/")
    page.get_by_role("link", name="导入花名册").first.click()
    choose(page, ugly_roster(tmp_path))
    page.get_by_role("button", name="试运行核对").click()
    expect(page.get_by_role("alert")).to_contain_text("证件号码")
    page.get_by_label("「证照」是").select_option("id_number")
    page.get_by_role("button", name="试运行核对").click()
    finish(page, "核对好了，等您点入库")
    page.get_by_role("button", name="把 2 行入库").click()
    finish(page, "入库了")
    assert Person.objects.count() == 2

    with page.expect_download() as coming:
        page.get_by_role("link", name="下载错行表，改好再传").click()
    mended = tmp_path / "改好的.xlsx"
    coming.value.save_as(mended)
    book = openpyxl.load_workbook(mended)
    book.worksheets[0].cell(2, 4).value = id_number(77)
    book.save(mended)

    page.get_by_role("link", name="传改好的错行表").click()
    choose(page, mended)
    page.get_by_role("button", name="试运行核对").click()
    finish(page, "核对好了，等您点入库")
    page.get_by_role("button", name="把 1 行入库").click()
    finish(page, "入库了")
    assert Person.objects.count() == 3

    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销，去掉这 1 人").click()
    finish(page, "这次导入撤销了")
    assert Person.objects.count() == 2


def test_a_file_dropped_on_the_field_is_chosen(inside: Inside, desk_page: Page) -> None:
    upper, _town = county()
    page = inside(desk_page, cadre_of(upper), at="/members/imports/new/")
    dropped = page.evaluate_handle(
        "() => { const held = new DataTransfer(); held.items.add(new File(['x'], '名单.csv')); return held; }"
    )
    page.dispatch_event(".nj-drop", "drop", {"dataTransfer": dropped})
    expect(page.locator("[data-drop-name]")).to_have_text("名单.csv")


@pytest.mark.usefixtures("workbooks_read_here")
def test_without_scripts_the_file_can_be_chosen_and_tried(inside: Inside, chromium, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    try:
        upper, _town = county()
        page = inside(context.new_page(), cadre_of(upper), at="/members/imports/new/")
        page.get_by_label("花名册").set_input_files(ugly_roster(tmp_path))
        page.get_by_role("button", name="上传，看看各列").click()
        page.get_by_label("「证照」是").select_option("id_number")
        page.get_by_role("button", name="试运行核对").click()
        work_off()
        page.get_by_role("link", name="刷新").click()
        expect(page.get_by_role("heading", name="核对好了，等您点入库")).to_be_visible()
    finally:
        context.close()


@pytest.mark.usefixtures("workbooks_read_here")
def test_the_pages_fit_a_phone(inside: Inside, phone_page: Page, tmp_path: Path) -> None:
    upper, _town = county()
    page = inside(phone_page, cadre_of(upper), at="/members/imports/")
    holds_its_width(page)
    page.goto(page.url + "new/")
    holds_its_width(page)
    choose(page, ugly_roster(tmp_path))
    holds_its_width(page)
    page.get_by_label("「证照」是").select_option("id_number")
    page.get_by_role("button", name="试运行核对").click()
    holds_its_width(page)
    finish(page, "核对好了，等您点入库")
    holds_its_width(page)


def odd_document(folder: Path) -> Path:
    """As LibreOffice saves it: a title, a hidden row, a hidden sheet with more names, macros beside them."""
    good = [["2026年会员花名册"], list(HEADER), good_row(1), good_row(2)]
    hidden_row = ods_rows([good_row(3)]).replace("<table:table-row>", '<table:table-row table:visibility="collapse">')
    hidden_sheet = (
        f'<table:table table:name="去年的" table:style-name="ta2">{ods_rows([list(HEADER), good_row(4)])}</table:table>'
    )
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    macros = {"Basic/Standard/Module1.xml": "Sub Main"}
    return ods(ods_rows(good) + hidden_row, styles=style, after=hidden_sheet, more=macros)(folder)


def test_an_opendocument_roster_lands_and_the_page_says_what_was_found_in_it(
    inside: Inside, desk_page: Page, tmp_path: Path
) -> None:
    upper, _town = county()
    page = inside(desk_page, cadre_of(upper), at="/members/imports/new/")
    choose(page, odd_document(tmp_path))
    expect(page.get_by_text("隐藏的工作表不导入：去年的")).to_be_visible()
    expect(page.get_by_text("表格里有宏，没有运行")).to_be_visible()
    page.get_by_role("button", name="试运行核对").click()
    finish(page, "核对好了，等您点入库")
    for words in ("隐藏的工作表没有导入：去年的", "表格里有宏，没有运行", "这一行在表里是隐藏的"):
        expect(page.locator("#warnings")).to_contain_text(words)
    page.get_by_role("button", name="把 3 行入库").click()
    finish(page, "入库了")
    assert Person.objects.count() == 3
