from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from niangjia.kernel import clock
from niangjia.kernel.people.masks import masked_name, masked_number, masked_phone


def drawn(words, **given):
    return Template("{% load niangjia_web %}" + words).render(Context(given))


class Form(forms.Form):
    phone = forms.CharField(label="手机", help_text="11 位")
    kind = forms.ChoiceField(label="方式", choices=[("a", "新入会"), ("b", "转入")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="都核对过了", required=False)
    union = forms.ChoiceField(label="工会", choices=[("1", "鸿远纺织")])


def test_masks_leave_what_people_recognise_and_no_more():
    assert masked_phone("13812342206") == "138****2206"
    assert masked_number("349921198003153021") == "**************3021"
    assert [masked_name(name) for name in ("陈桂兰", "李伟", "欧阳震华")] == ["陈*兰", "李*", "欧**华"]


@pytest.mark.parametrize("short", ["", "1", "123456"])
def test_a_number_too_short_to_mask_is_hidden_whole(short):
    assert set(masked_phone(short) + masked_number(short)) <= {"*"}


def test_a_field_ties_its_help_and_its_error_to_the_input():
    page = drawn("{% field form.phone %}", form=Form({}))
    assert 'aria-describedby="id_phone_help id_phone_wrong"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_phone_wrong"' in page


def test_a_good_field_says_nothing_wrong():
    page = drawn("{% field form.phone %}", form=Form())
    assert "is-invalid" not in page
    assert "nj-wrong" not in page


def test_what_was_typed_stays():
    assert 'value="138 1234"' in drawn("{% field form.phone %}", form=Form({"phone": "138 1234"}))


def test_choices_ticks_and_lists_have_the_shape_of_the_house():
    page = drawn("{% field form.kind %}{% field form.sure %}{% field form.union %}", form=Form())
    assert page.count("form-check-input") == 3
    assert "form-select" in page
    assert "<legend" in page


def test_several_errors_are_summed_up_with_ways_to_each():
    page = drawn("{% errors form %}", form=Form({}))
    assert 'role="alert"' in page
    assert 'href="#id_phone"' in page


def test_words_of_others_are_never_markup():
    for words in ("{% state 'done' said %}", "{% meta said said %}", "{% due '' said %}", "{% facts pairs %}"):
        page = drawn(words, said="<b>x</b>", pairs=[("<i>a</i>", "<b>x</b>")])
        assert "<b>" not in page
        assert "<i>" not in page


def test_a_state_is_an_icon_and_a_word():
    page = drawn("{% state 'late' '已逾期' %}")
    assert "i-alert-circle" in page
    assert "已逾期" in page


def test_an_unknown_state_is_a_fault_of_the_template():
    with pytest.raises(KeyError):
        drawn("{% state 'purple' '?' %}")


def test_facts_that_are_not_known_say_so():
    assert "未登记" in drawn("{% facts pairs %}", pairs=[("手机", "")])
    assert "0" in drawn("{% facts pairs %}", pairs=[("件数", 0)])


def test_steps_say_which_is_done_and_which_is_now():
    page = drawn("{% stepper steps 2 %}", steps=["上传文件", "对应各列", "核对"])
    assert page.count("is-done") == 1
    assert 'class="is-now" aria-current="step"' in page


def test_progress_is_also_text():
    assert "66%" in drawn("{% progress 8240 12386 '核对进度' %}")
    assert "0%" in drawn("{% progress 0 0 '核对进度' %}")


def test_days_and_instants_are_written_as_people_write_them():
    assert drawn("{{ d|day }}", d=date(2026, 11, 20)) == "2026年11月20日"
    instant = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)
    with clock.at(instant):
        assert drawn("{{ t|moment }}", t=instant) == "11月20日 09:12"
        assert drawn("{{ t|moment }}", t=instant.replace(year=2024)) == "2024年11月20日 09:12"
    with translation.override("en"):
        assert drawn("{{ d|day }}", d=date(2026, 11, 20)) == "20 November 2026"


def test_numbers_are_parted_and_minus_is_a_minus():
    assert drawn("{{ n|number }}", n=81118) == "81,118"
    assert drawn("{{ n|number }}", n=-5) == "−5"
    assert drawn("{{ n|number }}", n=None) == ""


@pytest.mark.parametrize(
    ("phone", "dials"),
    [
        ("0499-1617186", "0499-1617186"), ("0499-1617186 转 868", "0499-1617186;ext=868"), ("12351", "12351"),
        ("+86 499 1617186 分机 3", "+864991617186;ext=3"),
    ],
)  # fmt: skip
def test_a_telephone_is_dialled_with_its_extension(phone, dials):
    assert drawn("{{ phone|dialled }}", phone=phone) == dials


def test_steps_that_are_all_done_still_say_the_last_one_where_there_is_little_room():
    assert drawn("{% stepper steps 3 %}", steps=("上传", "入库")).count("is-end") == 1
    assert "is-end" not in drawn("{% stepper steps 2 %}", steps=("上传", "入库"))
