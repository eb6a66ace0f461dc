"""Guards: each is found with its control, and one without is a fault."""

from checking import guards
from checking.tree import Source

PATH = "niangjia/kernel/x/tests/test_x.py"
GUARD = '@pytest.mark.guard("lock", "nobody gets in")\ndef test_it_holds() -> None: ...\n'
CONTROL = '@pytest.mark.control("lock")\ndef test_without_it_anybody_gets_in() -> None: ...\n'


def of(text: str, path: str = PATH) -> dict[str, list[guards.Mark]]:
    return guards.gathered([Source(path, text)])


def test_a_guard_with_its_control_is_proved() -> None:
    found = of(GUARD + CONTROL)
    assert not list(guards.unproved(found))
    assert guards.keeps(found["lock"]) == "nobody gets in"
    assert "without_it_anybody_gets_in" in guards.shown_by(found["lock"], "control")


def test_a_guard_without_a_control_is_a_fault() -> None:
    assert [fault.what for fault in guards.unproved(of(GUARD))] == ["guard `lock`"]


def test_a_control_without_a_guard_is_a_fault() -> None:
    assert [fault.what for fault in guards.unproved(of(CONTROL))] == ["control `lock`"]


def test_a_guard_that_does_not_say_what_it_keeps_is_a_fault() -> None:
    silent = GUARD.replace(', "nobody gets in"', "")
    assert [fault.line for fault in guards.unproved(of(silent + CONTROL))] == [1]


def test_marks_outside_tests_are_no_guards() -> None:
    assert not of(GUARD, "niangjia/kernel/x/rules.py")
