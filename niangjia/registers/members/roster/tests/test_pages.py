"""The pages of an import, through the client."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.conf import settings
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.files.sealed_files import keep_file
from niangjia.kernel.files.services import take_in
from niangjia.kernel.files.tests.hostile_pictures import pdf
from niangjia.kernel.intake.models import Import, RememberedColumn, State
from niangjia.kernel.journal.models import Entry
from niangjia.registers.members.models import Person, TransferProposal
from niangjia.registers.members.roster import asking, tidying
from niangjia.registers.members.roster.jobs import land_roster
from niangjia.registers.members.roster.tests.desk import (
    HEADER,
    a_union,
    cadre_of,
    county,
    fail_jobs,
    good_row,
    id_number,
    inside,
    landed,
    say_columns,
    send,
    taken_in,
    tried,
    waiting_jobs,
    work_off,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workbooks_read_here")]
WRONG_DIGIT = id_number(77)[:-1] + ("1" if id_number(77)[-1] != "1" else "2")


@pytest.fixture(autouse=True)
def uploads_of_its_own(settings, tmp_path):
    """What rests is what this test brought in, whatever comes in beside it."""
    settings.NIANGJIA_DATA = tmp_path


@pytest.fixture
def unions():
    return county()


@pytest.fixture
def client(unions) -> Client:
    return inside(cadre_of(unions[0]))


def text_of(answer):
    return answer.content.decode()


def some_rows():
    return [good_row(1), good_row(2), good_row(3, 身份证号码=WRONG_DIGIT)]


def test_without_imports_the_list_says_what_comes_next(client):
    page = text_of(client.get("/members/imports/"))
    assert "还没有导入过花名册" in page
    assert "/members/imports/new/" in page


def test_the_form_offers_the_cadres_own_union_first(client):
    assert client.get("/members/imports/new/").context["form"]["union"].value() == "安禾县总工会"


def test_an_upload_rests_sealed_and_leads_to_its_columns(client):
    content = workbook([good_row(1)])
    answer = send(client, content)
    batch = Import.objects.get()
    assert answer["Location"] == f"/members/imports/{batch.pk}/columns/"
    resting = (Path(settings.NIANGJIA_DATA) / "uploads" / batch.stored_as).read_bytes()
    assert content[:200] not in resting
    assert (batch.file_name, batch.file_bytes, batch.state) == ("花名册.xlsx", len(content), State.RECEIVED)


def test_a_form_from_another_page_uploads_nothing(unions):
    client = inside(cadre_of(unions[0]))
    client.handler.enforce_csrf_checks = True
    assert send(client, workbook([good_row(1)])).status_code == 403
    assert not Import.objects.exists()


def test_a_refused_format_is_answered_on_the_same_page(client):
    answer = send(client, b"%PDF-1.7\n" + b"x" * 500, name="名单.pdf")
    assert answer.status_code == 200
    assert "这是一份 PDF，不是表格" in text_of(answer)
    assert 'value="AH"' in text_of(answer)
    assert not Import.objects.exists()
    assert not _resting()


def test_a_file_without_a_header_is_refused_with_what_to_do(client):
    answer = send(client, "甲\n乙\n".encode(), name="a.csv")
    assert answer.status_code == 200
    assert "没有找到表头" in text_of(answer)


def test_a_file_too_large_is_refused_with_the_limit_and_nothing_stays(client, settings):
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    answer = send(client, b"x" * (4 * 1024 * 1024), name="big.csv")
    assert answer.status_code == 200
    assert "超过了 3 MB" in text_of(answer)
    assert 'value="AH"' in text_of(answer)
    assert not _resting()


def test_a_file_that_grew_past_the_limit_on_its_way_is_refused_too(client, settings):
    """The request's length is announced with the other fields, so a file just above the limit shows only while it comes."""
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    assert send(client, b"x" * (3 * 1024 * 1024 + 5), name="big.csv").status_code == 200
    assert not _resting()


def _resting() -> list[Path]:
    folder = Path(settings.NIANGJIA_DATA) / "uploads"
    known = set(Import.objects.values_list("stored_as", flat=True))
    return [path for path in folder.glob("*") if path.name not in known and path.name not in _BEFORE]


_BEFORE: set[str] = set()


@pytest.fixture(autouse=True)
def uploads_before():
    _BEFORE.clear()
    _BEFORE.update(path.name for path in (Path(settings.NIANGJIA_DATA) / "uploads").glob("*"))


def test_a_union_outside_the_scope_is_like_one_that_is_not_there(client):
    a_union("邻县总工会", code="LX")
    outside, unknown = (text_of(send(client, workbook([good_row(1)]), union=code)) for code in ("LX", "NO"))
    assert "找不到「LX」" in outside
    assert "找不到「NO」" in unknown
    assert not Import.objects.exists()


def test_unions_are_offered_within_the_scope_only(client):
    a_union("邻县总工会", code="LX")
    page = text_of(client.get("/members/imports/unions/?union=总工会"))
    assert "柳林镇总工会" in page
    assert "邻县" not in page


def test_the_same_file_sent_twice_is_one_import(client):
    first = taken_in(client, [good_row(1)])
    assert taken_in(client, [good_row(1)]).pk == first.pk
    assert Import.objects.count() == 1
    assert not _resting()


def test_the_columns_page_shows_what_each_column_becomes_with_numbers_masked(client):
    batch = taken_in(client, [good_row(1, 备注="6217000012345678901")])
    page = text_of(client.get(f"/members/imports/{batch.pk}/columns/"))
    for words in ("按名字认出", "没有对应的项", "137****0001", id_number(1)[-4:]):
        assert words in page
    for number in (id_number(1), "13700000001", "6217000012345678901"):
        assert number not in page


def test_missing_columns_are_named_and_can_be_pointed_out(client):
    answer = send(client, workbook([good_row(1)], header=("姓名", "证照", "电话", "岗位", "备注")))
    batch = Import.objects.get()
    assert answer.status_code == 302
    assert "没有认出「证件号码」" in text_of(client.get(f"/members/imports/{batch.pk}/columns/"))
    assert "还没有「证件号码」" in text_of(say_columns(client, batch))
    assert say_columns(client, batch, column_1="id_number").status_code == 302
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.created) == (State.TRIED, 1)


def test_what_was_pointed_out_is_remembered_the_next_time(client):
    batch = taken_in(client, [good_row(1)])
    say_columns(client, batch, column_4="workplace")
    work_off()
    assert RememberedColumn.objects.get().header == "备注"
    again = taken_in(client, [good_row(2)])
    page = client.get(f"/members/imports/{again.pk}/columns/")
    assert [(row["column"].field, str(row["how"])) for row in page.context["form"].rows][4] == ("workplace", "上次用过")


def test_of_several_rosters_in_one_workbook_one_is_chosen(client):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, numbers in (("一车间", (1, 2)), ("二车间", (3,))):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate([HEADER, *map(good_row, numbers)]):
                sheet.write_row(row, 0, cells)
    send(client, file.getvalue())
    batch = Import.objects.get()
    page = client.get(f"/members/imports/{batch.pk}/columns/?sheet=二车间")
    assert page.context["sheets"] == ("一车间", "二车间")
    assert page.context["look"].sheet == "二车间"
    say_columns(client, batch, sheet="二车间")
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.sheet, batch.created) == (State.TRIED, "二车间", 1)


def test_one_item_cannot_be_two_columns(client):
    batch = taken_in(client, [good_row(1)])
    answer = say_columns(client, batch, column_4="name")
    assert answer.status_code == 200
    assert "「姓名」已经对应了「姓名」" in text_of(answer)
    assert not waiting_jobs()


def test_a_trial_counts_every_row_and_changes_nothing(client):
    batch = tried(client, some_rows())
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert (batch.state, batch.rows_in, batch.created, batch.rejected) == (State.TRIED, 3, 2, 1)
    assert not Person.objects.exists()
    for words in ("把 2 行入库", "要改的行", "下载错行表", "入库后的样子", "五项相加 3 行", "137****0001"):
        assert words in page
    assert id_number(1) not in page


def test_no_whole_number_is_shown_even_where_a_formula_or_a_slipped_column_holds_it(client):
    slipped = good_row(4, 姓名=id_number(4))
    batch = tried(client, [good_row(1), ["李四", '="' + id_number(5) + '"', "13700000005", "", ""], slipped])
    assert batch.rejected == 2
    for place in ("", "rows/?kind=fault"):
        page = text_of(client.get(f"/members/imports/{batch.pk}/{place}"))
        assert id_number(4) not in page
        assert id_number(5) not in page


def test_the_same_problem_stands_once_with_the_number_of_other_rows(client):
    batch = tried(client, [good_row(number, 身份证号码=WRONG_DIGIT[:-4] + "12") for number in range(1, 6)])
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert "同样的问题还有 4 行" in page
    rows = text_of(client.get(f"/members/imports/{batch.pk}/rows/?kind=fault"))
    assert rows.count('<tr><td data-label="行">') == 5


def test_while_a_trial_waits_the_page_asks_for_its_progress(client):
    batch = taken_in(client, some_rows())
    say_columns(client, batch)
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = client.get(f"/members/imports/{batch.pk}/progress/", headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    work_off()
    over = client.get(f"/members/imports/{batch.pk}/progress/", headers={"HX-Request": "true"})
    assert over["HX-Refresh"] == "true"


def test_landing_gives_five_figures_that_add_up(client):
    batch = landed(client, some_rows())
    assert (batch.state, batch.created, batch.rejected, Person.objects.count()) == (State.DONE, 2, 1, 2)
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    for words in ("入库了", "五项相加 3 行", f"/members/?import={batch.pk}", "撤销这次导入", "传改好的错行表"):
        assert words in page


def test_the_members_an_import_brought_are_one_press_away(client):
    landed(client, [good_row(8)], name="别的.xlsx")
    batch = landed(client, some_rows())
    page = client.get(f"/members/?import={batch.pk}")
    assert {person.name for person in page.context["list"].rows} == {good_row(1)[0], good_row(2)[0]}


def test_a_double_click_on_landing_makes_one_job_and_one_landing(client):
    batch = tried(client, some_rows())
    for _click in range(2):
        client.post(f"/members/imports/{batch.pk}/land/")
    assert [name for name, _ in waiting_jobs()].count(asking.LAND) == 1
    work_off()
    land_roster(import_id=batch.pk)
    assert Person.objects.count() == 2


def test_the_faults_workbook_mended_and_sent_again_lands_the_rest(client):
    batch = landed(client, some_rows())
    answer = client.get(f"/members/imports/{batch.pk}/faults.xlsx")
    assert "no-store" in answer["Cache-Control"]
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["原表行号", "哪里不对怎么改", "姓名", "身份证号码"]
    assert sheet.max_row == 2
    sheet.cell(2, 4).value = id_number(77)
    mended = BytesIO()
    book.save(mended)
    assert send(client, mended.getvalue(), name="改好.xlsx").status_code == 302
    second = Import.objects.order_by("-id")[0]
    assert "系统加的列" in text_of(client.get(f"/members/imports/{second.pk}/columns/"))
    say_columns(client, second)
    work_off()
    client.post(f"/members/imports/{second.pk}/land/")
    work_off()
    second.refresh_from_db()
    assert (second.created, second.rejected, Person.objects.count()) == (1, 0, 3)
    assert Entry.objects.filter(verb="export_faults", thing_id=batch.pk).count() == 1


def test_a_member_of_another_union_becomes_a_proposal_and_the_page_does_not_tell_where(client, unions):
    other = a_union("邻县总工会", code="LX")
    landed(inside(cadre_of(other, "wu")), [good_row(1)], union="LX")
    batch = tried(client, [good_row(1), good_row(2)])
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert (batch.conflicts, batch.created) == (1, 1)
    assert "等转会" in page
    assert "邻县" not in page
    client.post(f"/members/imports/{batch.pk}/land/")
    work_off()
    assert TransferProposal.objects.get().to_union_id == unions[0].pk
    assert "邻县" not in text_of(client.get(f"/members/imports/{batch.pk}/"))


def test_an_update_shows_what_it_would_change(client):
    landed(client, [good_row(1)])
    batch = tried(client, [good_row(1, 岗位="班长", 联系电话="13811112222")], name="第二份.xlsx")
    page = text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert batch.updated == 1
    for words in ("138****2222", "137****0001", "职务职称"):
        assert words in page


def test_undoing_asks_once_more_and_then_takes_everything_back(client):
    batch = landed(client, some_rows())
    question = text_of(client.get(f"/members/imports/{batch.pk}/undo/"))
    assert "新增的 2 人从库里去掉" in question
    assert Person.objects.count() == 2
    for _click in range(2):
        assert client.post(f"/members/imports/{batch.pk}/undo/").status_code == 302
    batch.refresh_from_db()
    assert (batch.state, Person.objects.count()) == (State.UNDOING, 2)
    assert "正在撤销，改过的都恢复原样" in text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert [name for name, _arguments in waiting_jobs()] == ["roster.undo"]
    work_off()
    batch.refresh_from_db()
    assert (batch.state, Person.objects.count()) == (State.UNDONE, 0)
    assert "撤销了" in text_of(client.get(f"/members/imports/{batch.pk}/"))


def test_what_somebody_changed_since_is_not_taken_back_and_named(client):
    batch = landed(client, [good_row(1), good_row(2)])
    person = Person.objects.order_by("pk")[0]
    Person.objects.filter(pk=person.pk).update(title="班长")
    client.post(f"/members/imports/{batch.pk}/undo/")
    work_off()
    answer = client.get(f"/members/imports/{batch.pk}/")
    assert person.name in text_of(answer)
    assert f"/members/{person.pk}/" in text_of(answer)
    assert Person.objects.count() == 2
    # put right again, it is taken back the next time
    Person.objects.filter(pk=person.pk).update(revision=1)
    assert "撤销这次导入" in text_of(answer)


def test_a_killed_undo_is_taken_up_again(client):
    batch = landed(client, [good_row(1)])
    client.post(f"/members/imports/{batch.pk}/undo/")
    fail_jobs()
    assert asking.take_up_again() == 1
    work_off()
    batch.refresh_from_db()
    assert batch.state == State.UNDONE


def test_an_undo_by_somebody_whose_right_is_gone_changes_nothing(client):
    batch = landed(client, [good_row(1)])
    client.post(f"/members/imports/{batch.pk}/undo/")
    Grant.objects.update(revoked_at=clock.now())
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal["code"]) == (State.DONE, "no_right")
    assert Person.objects.count() == 1


def test_a_file_never_landed_can_be_thrown_away_whole(client):
    batch = tried(client, some_rows())
    resting = Path(settings.NIANGJIA_DATA) / "uploads" / batch.stored_as
    assert resting.exists()
    assert client.post(f"/members/imports/{batch.pk}/throw-away/")["Location"] == "/members/imports/"
    assert not Import.objects.exists()


def test_a_landed_import_cannot_be_thrown_away(client):
    batch = landed(client, some_rows())
    client.post(f"/members/imports/{batch.pk}/throw-away/")
    assert Import.objects.filter(pk=batch.pk, state=State.DONE).exists()


PLACES = ("", "columns/", "progress/", "rows/", "faults.xlsx", "undo/")


@pytest.mark.parametrize("place", PLACES)
def test_an_import_of_another_union_is_a_page_that_is_not_there(client, unions, place):
    theirs = landed(client, some_rows())
    stranger = inside(cadre_of(a_union("邻县总工会", code="LX"), "wu"))
    assert stranger.get(f"/members/imports/{theirs.pk}/{place}").status_code == 404
    answer = client.get(f"/members/imports/{theirs.pk}/{place}")
    assert answer.status_code in (200, 302)
    b"".join(answer)  # the test client closes what was read to its end


@pytest.mark.parametrize("act", ["land/", "undo/", "throw-away/", "columns/"])
def test_nobody_acts_on_an_import_of_another_union(client, act):
    theirs = tried(client, some_rows())
    before = waiting_jobs()
    stranger = inside(cadre_of(a_union("邻县总工会", code="LX"), "wu"))
    assert stranger.post(f"/members/imports/{theirs.pk}/{act}").status_code == 404
    assert waiting_jobs() == before
    assert Import.objects.get(pk=theirs.pk).state == State.TRIED


def test_a_lower_union_does_not_see_the_imports_of_the_upper_one(client, unions):
    theirs = tried(client, some_rows())
    below = inside(cadre_of(unions[1], "chen"))
    assert below.get(f"/members/imports/{theirs.pk}/").status_code == 404
    assert "花名册.xlsx" not in text_of(below.get("/members/imports/"))


def test_an_upper_union_sees_the_imports_of_the_lower_one(client, unions):
    theirs = tried(inside(cadre_of(unions[1], "chen")), some_rows(), union="LL")
    assert client.get(f"/members/imports/{theirs.pk}/").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.WORKER, Role.SYSTEM_ADMIN])
def test_who_may_not_import_finds_no_such_pages(unions, role):
    nobody = inside(an_account("li", role=role, at=unions[0].place))
    for place in ("", "new/", "unions/"):
        assert nobody.get(f"/members/imports/{place}").status_code == 404


def test_a_right_withdrawn_before_the_job_began_stops_the_landing(client):
    batch = tried(client, some_rows())
    client.post(f"/members/imports/{batch.pk}/land/")
    Grant.objects.all().delete()
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal["code"]) == (State.REFUSED, "no_role")
    assert not Person.objects.exists()


def test_what_a_killed_worker_left_is_taken_up_again_once(client):
    batch = tried(client, some_rows())
    client.post(f"/members/imports/{batch.pk}/land/")
    work_off()
    Import.objects.filter(pk=batch.pk).update(state=State.RUNNING)
    assert asking.take_up_again() == 1
    assert asking.take_up_again() == 0
    assert "接着办" in text_of(client.get(f"/members/imports/{batch.pk}/"))
    assert waiting_jobs()[-1] == (asking.LAND, {"import_id": batch.pk})
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.rows_in, Person.objects.count()) == (State.DONE, 3, 2)


def test_a_trial_that_fails_again_and_again_is_sent_back_and_changes_nothing(client):
    batch = taken_in(client, some_rows())
    say_columns(client, batch)
    for _failure in range(asking.MOST_FAILURES):
        fail_jobs()
        asking.take_up_again()
    assert not waiting_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal["code"]) == (State.REFUSED, "gave_up")
    assert "系统这边的问题" in text_of(client.get(f"/members/imports/{batch.pk}/"))


def test_a_trial_nobody_confirms_is_forgotten_after_two_weeks_with_its_file(client, django_capture_on_commit_callbacks):
    old, fresh = tried(client, some_rows()), tried(client, [good_row(5)], name="新的.xlsx")
    kept = landed(client, [good_row(6)], name="入库的.xlsx")
    long_ago = clock.now() - tidying.TRIAL_KEPT - timedelta(hours=1)
    Import.objects.filter(pk__in=(old.pk, kept.pk)).update(created_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        tidying.tidy()
    assert set(Import.objects.values_list("pk", flat=True)) == {fresh.pk, kept.pk}
    folder = Path(settings.NIANGJIA_DATA) / "uploads"
    assert [(folder / batch.stored_as).exists() for batch in (old, fresh, kept)] == [False, True, True]


def test_a_piece_of_an_upload_that_no_import_knows_goes_after_a_day(client):
    folder = Path(settings.NIANGJIA_DATA) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    old, young = folder / "old-piece", folder / "young-piece"
    for path in (old, young):
        path.write_bytes(b"sealed")
    an_age = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(old, (an_age, an_age))
    tidying.tidy()
    assert (old.exists(), young.exists()) == (False, True)
    young.unlink()


def old_files(client):
    """A worker's paper, an export and a roster, each sealed two days ago."""
    by, place = actor_of(Account.objects.get(), on=clock.today()), Import.objects.get().target
    paper = take_in([pdf()], owner="correction", owner_thing=1, place=place, by=by)
    made = keep_file([b"rows"], max_bytes=100)
    ExportRequest.objects.create(
        city=place.city, place=place, scope=[place.pk], account_id=by.account_id, author="", source="members",
        file_format="xlsx", purpose="check_register", needs_two=False, rows_asked=1, state="ready",
        made_at=clock.now(), expires_at=clock.now(), stored_as=made.stored_as,
    )  # fmt: skip
    names = (paper.stored_as, made.stored_as, Import.objects.get().stored_as)
    folder = Path(settings.NIANGJIA_DATA) / "uploads"
    an_age = (clock.now() - timedelta(days=2)).timestamp()
    for name in names:
        os.utime(folder / name, (an_age, an_age))
    return [folder / name for name in names]


@pytest.mark.guard("strays-are-nobodys", "what is swept from the folder of sealed files belongs to no row of any table")
def test_files_of_others_are_no_strays(client):
    tried(client, some_rows())
    files = old_files(client)
    tidying.tidy()
    assert [path.exists() for path in files] == [True, True, True]


@pytest.mark.control("strays-are-nobodys")
def test_where_imports_alone_were_asked_papers_of_workers_would_go(client, monkeypatch):
    tried(client, some_rows())
    files = old_files(client)
    imports = Import.objects.values_list("stored_as", flat=True)
    monkeypatch.setattr(tidying, "names_known", lambda _names: frozenset(imports))
    tidying.tidy()
    assert [path.exists() for path in files] == [False, False, True]


def test_the_pages_are_kept_nowhere(client):
    batch = tried(client, some_rows())
    for place in ("", f"{batch.pk}/", f"{batch.pk}/rows/", "new/"):
        assert "no-store" in client.get(f"/members/imports/{place}")["Cache-Control"]


def test_every_page_speaks_english_without_bare_places(client):
    batch = tried(client, some_rows())
    client.post("/look/", {"language": "en"})
    for place in ("", f"{batch.pk}/", f"{batch.pk}/rows/", "new/"):
        assert client.get(f"/members/imports/{place}").status_code == 200
