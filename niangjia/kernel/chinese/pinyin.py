"""Names keyed by their sound, so that a list sorts as people expect and 「wangxiaoming」 or 「wxm」 finds 王小明.

Readings come from pypinyin's table of single characters (MIT licence), read from the installed package.
"""

import importlib.util
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# A surname is often read unlike the same character elsewhere (《通用规范汉字字典》, surname readings).
_SURNAME_READINGS = (
    "单shan 曾zeng 解xie 仇qiu 区ou 查zha 盖ge 朴piao 任ren 华hua 尉wei 乐yue 翟zhai 缪miao 覃qin 种chong 秘bi 折she 黑he "
    "召shao 员yun 繁po 冼xian 洗xian 牟mu 燕yan 盛sheng 石shi 柏bai 卜bu 薄bo 贾jia 晁chao 葛ge 纪ji 那na 宁ning 能nai "
    "曲qu 应ying 车che 句gou 阚kan 郗xi 隗wei 谌chen 逄pang 佴nai 亓qi 都du 费fei 过guo 瞿qu 相xiang 幺yao 么yao 颉xie "
    "眭sui 郇xun 谷gu 沈shen 余yu 肖xiao 尹yin 于yu 万wan 祭zhai 仉zhang 适kuo 炅gui 角jue 澹tan 令ling 长chang 尺chi 行xing"
)
_DOUBLE_SURNAME_READINGS = (
    "尉迟yu-chi 长孙zhang-sun 万俟mo-qi 澹台tan-tai 单于chan-yu 令狐ling-hu 夏侯xia-hou 皇甫huang-fu 鲜于xian-yu "
    "欧阳ou-yang 上官shang-guan 诸葛zhu-ge 司马si-ma 司徒si-tu 慕容mu-rong 宇文yu-wen 呼延hu-yan 端木duan-mu 独孤du-gu"
)


class _Syllables(dict[str, str]):
    """Character → toneless syllable; letters and digits stand for themselves, anything else is silent."""

    def __missing__(self, character: str) -> str:
        return character.lower() if character.isascii() and character.isalnum() else ""


def _toneless(syllable: str) -> str:
    """`lǜ` → `lv`, as it is typed on a keyboard."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


@cache
def _syllables() -> _Syllables:
    # The package itself is not imported: doing so loads its table of phrases, 30 MB that nothing here needs.
    found = importlib.util.find_spec("pypinyin")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pypinyin")
    table: dict[str, str] = json.loads((Path(found.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    known: dict[str, str] = {}
    syllables = _Syllables()
    for point, readings in table.items():
        first = readings.partition(",")[0]
        if first not in known:
            known[first] = _toneless(first)
        syllables[chr(int(point))] = known[first]
    return syllables


@cache
def readings() -> dict[str, str]:
    """The syllable of each character in common use (GB/T 2312), for those who cannot ask Python: 娘 → `niang`."""
    known = _syllables()
    return {mark: known[mark] for mark in sorted(known) if len(mark.encode("gb2312", "ignore")) > 1}


def double_surnames() -> frozenset[str]:
    """Surnames of two characters with a reading of their own (复姓)."""
    return frozenset(_openings()[1])


@cache
def _openings() -> tuple[Mapping[str, str], Mapping[str, tuple[str, str]]]:
    single = {entry[0]: entry[1:] for entry in _SURNAME_READINGS.split()}
    double: dict[str, tuple[str, str]] = {}
    for entry in _DOUBLE_SURNAME_READINGS.split():
        first, _, second = entry[2:].partition("-")
        double[entry[:2]] = (first, second)
    return single, double


def pinyin_keys(name: str) -> tuple[str, str]:
    """Full syllables and initials of a person's name: 曾小明 → `zengxiaoming`, `zxm`; tones and dots are left out."""
    syllables = list(map(_syllables().__getitem__, name))
    single, double = _openings()
    opening = name[:1]
    if name[:2] in double:
        syllables[:2] = double[name[:2]]
    elif opening in single:
        syllables[0] = single[opening]
    return "".join(syllables), "".join([syllable[:1] for syllable in syllables])
