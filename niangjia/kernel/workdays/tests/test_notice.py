"""Notices of days off, read as they are published."""

from datetime import date

import pytest

from niangjia.kernel.clock.tests.years import TWO_YEARS
from niangjia.kernel.workdays.rules import feasts_of, read_notice, stretches

OF_2026 = """各单位：现将2026年放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，要妥善安排好值班。"""
SOURCE = "国办发明电示例"


def codes(text: str, year: int = 2026) -> list[str]:
    return [reason.code for reason in read_notice(text, year=year, source=SOURCE).faults]


def test_the_text_of_a_notice_is_read_whole() -> None:
    notice = read_notice(OF_2026, year=2026, source=SOURCE)
    assert (notice.faults, notice.doubts) == ((), ())
    assert {each.day for each in notice.days if not each.is_working} == {
        day for day in TWO_YEARS.days_off if day.year == 2026
    }
    assert {each.day for each in notice.days if each.is_working} == {
        day for day in TWO_YEARS.make_up_days if day.year == 2026
    }
    assert {each.source for each in notice.days} == {SOURCE}
    assert [feast.name for feast in feasts_of(notice.days)][:3] == ["元旦", "春节", "清明节"]


def test_a_table_is_read_line_by_line() -> None:
    text = "日期,安排,节日\n2027-02-05至2027-02-11,放假,春节\n2027-02-13，上班，春节\r\n2027-04-05;放假;清明节"
    notice = read_notice(text, year=2027, source=SOURCE)
    assert notice.faults == ()
    assert len(notice.days) == 9
    assert [each.day for each in notice.days if each.is_working] == [date(2027, 2, 13)]
    assert [reason.values["names"] for reason in notice.doubts] == ["元旦、劳动节、端午、中秋、国庆"]


def test_days_of_december_belong_to_the_new_year_after() -> None:
    text = "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。"
    notice = read_notice(text, year=2023, source=SOURCE)
    assert (notice.faults, len(notice.days)) == ((), 3)


def test_single_days_and_two_stretches_in_one_sentence() -> None:
    text = "一、中秋节、国庆节：9月29日、10月1日至3日放假，共4天。"
    assert len(read_notice(text, year=2026, source=SOURCE).days) == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一、元旦：1月1日至3日放假，共2天。", "sum_differs"),
        ("一、元旦：1月1日（周五）放假，共1天。", "weekday_differs"),
        ("一、元旦：2月30日放假。", "no_such_day"),
        ("一、元旦：1日放假。", "no_such_day"),
        ("一、元旦：1月5日上班。", "worked_weekday"),
        ("2027-01-01,放假,元旦", "other_year"),
        ("2026-01-01,放假,元旦\n2026-01-01,放假,元旦", "day_twice"),
        ("2026-01-03至2026-01-01,放假,元旦", "span_backwards"),
        ("2026-13-01,放假,元旦", "no_day"),
        ("今天天气好", "nothing_read"),
        ("", "nothing_read"),
        ("x" * 20_001, "too_long"),
        ("2026-01-01至2026-04-20,放假,元旦\n2026-06-01至2026-07-20,放假,x", "too_many"),
    ],
)
def test_what_cannot_be_is_said(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_doubt_says_its_line() -> None:
    fault = read_notice("\n\n" + OF_2026.replace("共9天", "共8天"), year=2026, source=SOURCE).faults[0]
    assert str(fault) == "第 5 行，春节：写着共 8 天，数出来 9 天。对着原文看一下起止日期。"


def test_days_that_follow_each_other_are_one_stretch() -> None:
    days = [date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 5)]
    assert stretches(days) == [(date(2026, 1, 1), date(2026, 1, 2)), (date(2026, 1, 5), date(2026, 1, 5))]
