"""The audit of libraries: licences that do not fit, and honesty about weaknesses nobody judged."""

import pytest

from checking import audit


@pytest.mark.parametrize("words", ["AGPL-3.0-only", "License :: OSI Approved :: GNU Affero General Public License v3"])
def test_agpl_is_refused_even_among_the_tools(words: str) -> None:
    assert audit.verdict(words, linked=True)
    assert audit.verdict(words, linked=False)


@pytest.mark.parametrize("words", ["GPL-3.0-or-later", "GNU General Public License v3 (GPLv3)"])
def test_gpl_may_run_beside_ours_and_not_inside(words: str) -> None:
    assert audit.verdict(words, linked=True)
    assert not audit.verdict(words, linked=False)


@pytest.mark.parametrize("words", ["MIT", "BSD-3-Clause", "Apache-2.0", "LGPL-3.0-only", "MPL-2.0", "MulanPSL-2.0"])
def test_licences_that_fit_are_let_in(words: str) -> None:
    assert not audit.verdict(words, linked=True)


@pytest.mark.parametrize("words", ["", "Proprietary", "SSPL-1.0"])
def test_an_unknown_licence_is_not_linked(words: str) -> None:
    assert audit.verdict(words, linked=True)


def test_a_lock_names_what_is_linked() -> None:
    assert audit.wanted("django==5.2 \\\n    --hash=sha256:aa\nPython_Stdnum==2.2 ; x\n# via y\n") == {
        "django",
        "python-stdnum",
    }


def test_a_mirror_that_knows_nothing_does_not_count_as_all_clear() -> None:
    answer: audit.Answer = {"dependencies": [{"name": "a", "skip_reason": "not found"}, {"name": "b", "vulns": []}]}
    assert audit.judged(answer) == "no known weakness (1 of 2 not judged)"
    assert "not judged" in audit.judged({"dependencies": [{"name": "a", "skip_reason": "not found"}]})


def test_what_is_installed_when_it_is_first_needed_is_judged_as_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries of bulk analysis run inside ours: one under the GPL, or one that nobody can look at, is told."""
    assert {"duckdb", "pyarrow", "splink", "sqlglot"} <= audit._analysis()
    assert not [fault for fault in audit.licences() if fault.path == "requirements-analysis.lock"]
    monkeypatch.setattr(audit, "licence", lambda library: "GPL-3.0-only" if library.name == "splink" else "MIT")
    monkeypatch.setattr(audit, "_analysis", lambda: {"duckdb", "nowhere"})
    told = [fault.what for fault in audit.licences()]
    assert any("splink" in words for words in told)
    assert any("nowhere" in words for words in told)
