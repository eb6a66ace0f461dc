"""Names by sound, widths, vocabularies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.config.tests.cheap import seconds_each
from niangjia.kernel.chinese import Reason, Term, Vocabulary, fold_width, pinyin_keys


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王小明", "wangxiaoming", "wxm"),
        ("曾国藩", "zengguofan", "zgf"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("仇英", "qiuying", "qy"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("万俟卨", "moqixie", "mqx"),
        ("吕布", "lvbu", "lb"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("Anna Li", "annali", "annali"),
        ("", "", ""),
    ],
)
def test_a_name_is_keyed_by_its_sound(name: str, full: str, initials: str) -> None:
    assert pinyin_keys(name) == (full, initials)


def test_a_surname_reading_holds_only_at_the_opening() -> None:
    assert pinyin_keys("王单")[0] == "wangdan"


def test_full_width_and_odd_spaces_fold_and_names_stay() -> None:
    assert fold_width("１３８　Ａｂ\u00a0Ｘ\u200b") == "138 Ab X"
    compatibility_ideograph = "\uf9dc"
    assert fold_width(compatibility_ideograph) == compatibility_ideograph


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_width(fold_width(text)) == fold_width(text)


@given(st.text())
def test_every_text_has_keys_that_can_be_typed(text: str) -> None:
    full, initials = pinyin_keys(text)
    assert full.isascii()
    assert len(initials) <= len(text)


def test_keys_are_cheap_enough_for_a_million_rows() -> None:
    pinyin_keys("王小明")
    assert seconds_each(lambda: pinyin_keys("欧王小明")) / 4 < 2e-6


def test_a_vocabulary_knows_code_title_and_synonym_and_nothing_else() -> None:
    sexes = Vocabulary("sex", Term("male", "男", ("男性", "M")), Term("female", "女"))
    assert [sexes.code_of(text) for text in ("male", " 男 ", "ｍ", "女", "雄")] == [
        "male",
        "male",
        "male",
        "female",
        None,
    ]


def test_two_terms_may_not_share_a_spelling() -> None:
    with pytest.raises(ValueError, match="sex"):
        Vocabulary("sex", Term("male", "男"), Term("female", "女", ("男",)))


def test_a_reason_fills_its_own_sentence() -> None:
    assert str(Reason("id_length", "还差 {missing} 位", {"missing": 1})) == "还差 1 位"
