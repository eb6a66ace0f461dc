"""Charts and maps say in words and figures what they draw."""

import pytest
from django.template import Context, Template
from django.utils import translation

from niangjia.config.tiles import TilesUnclear, read_tiles
from niangjia.kernel.web.pictures import Area, Chart, Kind, Map, Series, Target

LINE = Chart(
    Kind.LINE, "入会率", ("1月", "2月"), (Series("今年", (80.25, None)),), "一直在升。", unit="%", digits=1, target=Target("目标", 85)
)  # fmt: skip
TOWNS = Map(
    "入会率", "349921", (Area("349921101", "城关镇", 79.9, 3), Area("349921102", "石桥镇", 85.0, 1_200), Area("349921103", "东山乡", None)),
    (75, 80, 83, 85), "石桥镇最高。", "入会率", "未建会", unit="%", digits=1, count_unit="家",
)  # fmt: skip


def drawn(tag: str, thing: object) -> str:
    return Template("{% load niangjia_pictures %}{% " + tag + " thing %}").render(Context({"thing": thing}))


def test_a_chart_says_its_conclusion_and_every_figure_in_words() -> None:
    page = drawn("chart", LINE)
    assert 'aria-label="一直在升。"' in page
    assert '<data value="80.25">80.2%</data>' in page
    assert '<data value="85" data-target>85.0%</data>' in page
    assert "—" in page  # February is not known, and does not read as nought
    assert "看数字" in page


def test_figures_stay_figures_in_every_language() -> None:
    with translation.override("en"):
        assert '<data value="80.25">' in drawn("chart", LINE)


def test_what_nobody_could_read_is_no_chart() -> None:
    five = tuple(Series(str(number), (1,)) for number in range(5))
    for wrong in (
        {"series": five},
        {"series": (Series("今年", (1, 2)),)},
        {"series": (), "conclusion": "没有"},
        {"series": five[:1], "conclusion": ""},
        {"series": five[:2], "kind": Kind.BAR},
    ):
        with pytest.raises(ValueError, match=r"chart|series"):
            Chart(**{"kind": Kind.LINE, "title": "", "periods": ("1月",), "conclusion": "升", **wrong})


def test_an_area_stands_on_the_step_its_value_reaches() -> None:
    assert [TOWNS.step_of(value) for value in (None, 0, 74.9, 75, 80, 83, 84.9, 85, 100)] == [0, 1, 1, 2, 3, 4, 4, 5, 5]
    assert TOWNS.legend() == [
        (1, "低于 75.0%"), (2, "75.0–80.0%"), (3, "80.0–83.0%"), (4, "83.0–85.0%"), (5, "85.0% 以上"), (0, "没有数"),
    ]  # fmt: skip


def test_the_list_of_a_map_is_in_order_and_the_unknown_comes_last() -> None:
    assert [(row.area.name, row.step, row.value, row.counted) for row in TOWNS.rows()] == [
        ("石桥镇", 5, "85.0%", "1,200 家"),
        ("城关镇", 2, "79.9%", "3 家"),
        ("东山乡", 0, "没有数", "0 家"),
    ]
    page = drawn("area_map", TOWNS)
    assert 'data-count="1200"' in page
    assert "data-tiles" not in page


def test_bounds_out_of_order_are_no_map() -> None:
    with pytest.raises(ValueError, match="bounds"):
        Map("", "349921", (), (80, 75, 83, 85), "升", "率")


def test_without_a_word_maps_ask_no_network_and_a_source_is_read_strictly() -> None:
    assert read_tiles({}) is None
    found = read_tiles(
        {"NIANGJIA_TILES": "https://tiles.example:8443/{z}/{x}/{y}.png", "NIANGJIA_TILES_THANKS": "某地图"}
    )
    assert found is not None
    assert (found.origin, found.thanks) == ("https://tiles.example:8443", "某地图")
    for wrong in (
        "tiles.example/{z}/{x}/{y}",
        "https://tiles.example/",
        "https://{s}.tiles.example/{z}/{x}/{y}",
        "https://a;b/{z}{x}{y}",
    ):
        with pytest.raises(TilesUnclear):
            read_tiles({"NIANGJIA_TILES": wrong})
