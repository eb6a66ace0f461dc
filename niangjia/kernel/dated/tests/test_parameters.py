"""Local parameters: which value holds where and when, and that every one knows its source."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.kernel.clock.rules import Band, Unit
from niangjia.kernel.dated import queries
from niangjia.kernel.dated.declared import declared
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.dated.rules import Measure, Parameter, ParameterKey, bands_of, chain_of, value_fault
from niangjia.kernel.dated.services import LaterValue, put_in_force

DAY = date(2026, 3, 2)
ANSWER = ParameterKey("answer_days", "答复期限", Measure.WORKING_DAYS, default="10", most=60)
LINE = ParameterKey("poverty_line", "低保线", Measure.FEN)
KEYS = (ANSWER, LINE)
FAULTY = (ANSWER, ANSWER)


@pytest.fixture
def keys(settings: Any) -> Any:
    settings.NIANGJIA_PARAMETERS = (f"{__name__}.KEYS", "niangjia.kernel.dated.own_parameters.PARAMETERS")
    declared.cache_clear()
    yield
    declared.cache_clear()


def a_value(region: str, value: str, *, key: str = "answer_days", since: date = date(2026, 1, 1)) -> Parameter:
    unit = Measure.WORKING_DAYS if key == "answer_days" else Measure.FEN
    return Parameter(key, value, unit, region, since, None, f"{region} 示例文件", is_default=False)


def test_a_region_stands_under_city_province_and_nation() -> None:
    assert chain_of("349921") == ("349921", "349900", "340000", "000000")
    assert chain_of("340000") == ("340000", "000000")
    assert chain_of("") == chain_of("000000") == ("000000",)


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_the_nearest_region_decides_and_the_default_is_marked() -> None:
    found = queries.parameter("answer_days", region="349921", on=DAY)
    assert (found.number, found.is_default, found.source) == (10, True, "")
    for region, value in (("000000", "15"), ("340000", "12"), ("349900", "8"), ("349921", "5")):
        put_in_force(a_value(region, value))
        found = queries.parameter("answer_days", region="349921", on=DAY)
        assert (found.number, found.region_code, found.is_default) == (int(value), region, False)
        assert found.source == f"{region} 示例文件"
    assert queries.parameter("answer_days", region="349922", on=DAY).number == 8
    assert queries.parameter("answer_days", region="110105", on=DAY).number == 15


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_a_new_value_ends_the_old_one_the_day_before_and_both_stay() -> None:
    put_in_force(a_value("349921", "5"))
    put_in_force(a_value("349921", "7", since=date(2026, 7, 1)))
    assert queries.parameter("answer_days", region="349921", on=date(2026, 6, 30)).number == 5
    assert queries.parameter("answer_days", region="349921", on=date(2026, 7, 1)).number == 7
    before = [(each.value, each.valid_to) for each in queries.history("answer_days", region="349921")]
    assert before == [("7", None), ("5", date(2026, 6, 30))]
    for since in (date(2026, 7, 1), date(2026, 2, 1)):
        with pytest.raises(LaterValue) as refused:
            put_in_force(a_value("349921", "6", since=since))
        assert refused.value.first >= since
    assert queries.parameter("answer_days", region="349921", on=date(2025, 12, 31)).is_default


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_a_record_keeps_the_value_that_judged_it() -> None:
    put_in_force(a_value("349921", "5"))
    kept = queries.parameter("answer_days", region="349921", on=DAY).kept()
    assert kept == {
        "key": "answer_days",
        "value": "5",
        "measure": "working_days",
        "region_code": "349921",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "source": "349921 示例文件",
        "is_default": False,
    }
    term = queries.parameter("answer_days", region="349921", on=DAY).term()
    assert (term.unit, term.number, term.source, term.is_default) == (Unit.WORKING_DAYS, 5, "349921 示例文件", False)


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_without_a_value_and_without_a_default_it_is_refused_by_name() -> None:
    with pytest.raises(queries.NoValue) as refused:
        queries.parameter("poverty_line", region="349921", on=DAY)
    assert (refused.value.key, refused.value.region) == ("poverty_line", "349921")
    with pytest.raises(KeyError):
        queries.parameter("nobody_declared_this", region="349921", on=DAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_many_parameters_are_one_question() -> None:
    put_in_force(a_value("340000", "65000", key="poverty_line"))
    with CaptureQueriesContext(connection) as asked:
        found = queries.parameters(("answer_days", "poverty_line", "office_hours"), region="349921", on=DAY)
    assert len(asked) == 1
    assert found["poverty_line"].number == 65_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"valid_from": date(2026, 6, 1)}, "parameter_once_a_day"),
        ({"region_code": "34992"}, "parameter_region_form"),
        ({"unit": "bushels"}, "parameter_unit_known"),
        ({"source": "", "region_code": "349900"}, "parameter_has_source"),
        ({"region_code": "349900", "valid_to": date(2025, 1, 1)}, "parameter_in_order"),
    ],
)
def test_what_cannot_be_is_refused_by_the_database(facts: dict[str, Any], name: str) -> None:
    row = {"region_code": "349921", "key": "x", "value": "5", "unit": "days", "valid_from": DAY, "source": "示例"}
    LocalParameter.objects.create(**row)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        LocalParameter.objects.create(**(row | facts))


@pytest.mark.django_db
def test_office_hours_have_a_default() -> None:
    assert queries.office_hours(region="349921", on=DAY) == (Band(time(9), time(12)), Band(time(14), time(18)))


def test_two_slices_cannot_declare_one_key(settings: Any) -> None:
    settings.NIANGJIA_PARAMETERS = (f"{__name__}.FAULTY",)
    declared.cache_clear()
    with pytest.raises(ValueError, match="answer_days"):
        declared()
    declared.cache_clear()


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        (ANSWER, "5", None),
        (ANSWER, "5.5", "value_no_number"),
        (ANSWER, "-1", "value_no_number"),
        (ANSWER, "61", "value_out_of_range"),
        (ParameterKey("share", "比例", Measure.PERCENT, most=100), "0.5", None),
        (ParameterKey("share", "比例", Measure.PERCENT, most=100), "half", "value_no_number"),
        (ParameterKey("hours", "办公时间", Measure.BANDS), "09:00-12:00, 14:00-18:00", None),
        (ParameterKey("hours", "办公时间", Measure.BANDS), "14:00-18:00,09:00-12:00", "value_no_hours"),
        (ParameterKey("hours", "办公时间", Measure.BANDS), "9-5", "value_no_hours"),
    ],
)
def test_a_value_must_fit_its_measure(key: ParameterKey, value: str, code: str | None) -> None:
    fault = value_fault(key, value)
    assert (fault.code if fault else None) == code


def test_office_hours_are_read_as_written() -> None:
    assert bands_of("08:30-17:00") == (Band(time(8, 30), time(17)),)
