"""The reference tables as shipped, without a database."""

from datetime import date

from niangjia.kernel.dated import rules


def test_the_trades_have_twenty_sections_and_ninety_seven_divisions() -> None:
    codes = [row.code for row in rules.trades()]
    assert [code for code in codes if code.isalpha()] == list("ABCDEFGHIJKLMNOPQRST")
    assert [code for code in codes if code.isdigit()] == [f"{number:02d}" for number in range(1, 98)]


def test_every_division_belongs_to_a_section_and_has_a_source() -> None:
    sections = {row.code for row in rules.trades() if row.code.isalpha()}
    assert {row.section for row in rules.trades()} == sections
    assert all(row.source and row.name for row in rules.trades())
    assert all(row.source and row.name for row in rules.ownerships())


def test_three_ownership_lists_stand_side_by_side() -> None:
    assert {row.list_name for row in rules.ownerships()} == set(rules.OWNERSHIP_LISTS)
    codes = [(row.list_name, row.code) for row in rules.ownerships()]
    assert len(set(codes)) == len(codes)


def test_an_abolished_code_keeps_its_years() -> None:
    rows = {(row.code, row.name): row for row in rules.shipped_regions()}
    changping = rows["110221", "昌平县"]
    assert (changping.valid_from, changping.valid_to) == (date(1982, 1, 1), date(1999, 12, 31))
    assert rows["110105", "朝阳区"].valid_to is None


def test_one_code_with_two_names_gives_two_rows() -> None:
    names = [(row.name, row.valid_to, row.valid_from) for row in rules.shipped_regions() if row.code == "120110"]
    assert names == [("东郊区", date(1991, 12, 31), None), ("东丽区", None, date(1992, 1, 1))]


def test_every_region_stands_under_one_that_exists() -> None:
    rows = rules.shipped_regions()
    codes = {row.code for row in rows}
    assert len(rows) > 6000
    assert not [row for row in rows if row.parent_code and row.parent_code not in codes]


def test_no_real_region_shares_the_prefix_of_the_demo() -> None:
    real = {row.code for row in rules.shipped_regions()}
    assert not [code for code in real if code.startswith("349")]
    assert {row.code for row in rules.demo_regions()} == {"349900", "349921"}
