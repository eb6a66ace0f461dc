import gettext
import gzip
import io
import os
import re
import time

import pytest

from niangjia.config.catalogues import compile_all, compiled
from niangjia.config.vendor import CHARTS, FOLDER, LEFT_OUT, WANTED, build_charts, copy_libraries

CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

#: somewhere.py:1
msgid "工会"
msgstr "Union"

msgctxt "verb"
msgid "登记"
msgstr ""
"Regis"
"ter"

msgid "%d 人"
msgid_plural "%d 人"
msgstr[0] "%d person"
msgstr[1] "%d people"

#, fuzzy
msgid "猜的"
msgstr "guessed"

msgid "没有译"
msgstr ""

#~ msgid "旧的"
#~ msgstr "old"
"""


def test_a_compiled_catalogue_is_read_by_pythons_gettext():
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled(CATALOGUE)))
    assert catalogue.gettext("工会") == "Union"
    assert catalogue.pgettext("verb", "登记") == "Register"
    assert [catalogue.ngettext("%d 人", "%d 人", count) for count in (1, 2)] == ["%d person", "%d people"]


def test_unfinished_and_retired_words_stay_in_the_source_language():
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled(CATALOGUE)))
    assert [catalogue.gettext(words) for words in ("猜的", "没有译", "旧的")] == ["猜的", "没有译", "旧的"]


def test_only_a_changed_catalogue_is_compiled_again(tmp_path):
    source = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    assert compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert compile_all(tmp_path) == []
    later = time.time_ns() + 10**9
    os.utime(source, ns=(later, later))
    assert compile_all(tmp_path) == [source.with_suffix(".mo")]


def test_only_wanted_files_of_a_library_are_served_and_none_points_to_a_source_map(tmp_path):
    packages, folder = tmp_path / "node_modules", tmp_path / "vendor"
    for source in WANTED:
        (packages / source).parent.mkdir(parents=True, exist_ok=True)
        (packages / source).write_text("body{}\n/*# sourceMappingURL=x.map */", encoding="ascii")
    folder.mkdir()
    (folder / "retired.js").write_text("", encoding="ascii")
    (folder / CHARTS).write_text("body{}\n", encoding="ascii")
    copy_libraries(packages, folder)
    served = {path.name: path.read_text(encoding="ascii") for path in folder.iterdir()}
    assert served.pop(LEFT_OUT) == ""
    assert served.pop(CHARTS) == "body{}\n"
    assert served == dict.fromkeys(WANTED.values(), "body{}")


def test_charts_are_packed_from_the_parts_in_use_and_say_whose_they_are(tmp_path):
    packed = (FOLDER / CHARTS).read_bytes()
    assert packed.startswith(b"/* Parts of Apache ECharts (Apache-2.0)")
    assert 100_000 < len(gzip.compress(packed, 9)) <= 200_000
    assert not re.search(rb"sourceMappingURL|https?://(?!www\.w3\.org)", packed)
    with pytest.raises(FileNotFoundError, match="packs the chart library"):
        build_charts(tmp_path, tmp_path)
