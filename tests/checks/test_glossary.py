"""The glossary test: a name the code uses and the glossary does not know is found."""

from checking import glossary
from checking.tree import Source

GLOSSARY = "## `visits` · 走访\n\n| code | 中文 | meaning | source |\n|---|---|---|---|\n| `Visit` | 走访 | A call at home. | 本系统 |\n"


def names(text: str, path: str = "niangjia/help/visits/models.py") -> set[str]:
    return {name.word for name in glossary.named(Source(path, text))}


def test_models_kinds_and_moves_are_names() -> None:
    assert names("class Visit(models.Model):\n    pass\n") == {"Visit"}
    assert names("class State(StrEnum):\n    FILED = 'filed'\n", "niangjia/help/visits/rules.py") == {
        "State",
        "State.filed",
    }
    assert names("class Kind(TextChoices):\n    A = 'a', _('甲')\n") == {"Kind", "Kind.a"}
    assert names("FLOW = Workflow(moves=(Move('grant', X, Y),))", "niangjia/help/visits/rules.py") == {"grant"}


def test_the_same_word_in_another_slice_is_another_word() -> None:
    assert list(glossary.unexplained([glossary.Name("aid", "Visit", "a.py", 1)], GLOSSARY))


def test_a_list_of_file_formats_is_no_word_of_the_field() -> None:
    assert names("class Format(StrEnum):\n    XLS = 'xls'\n", "niangjia/help/visits/sheets.py") == set()


def test_a_query_class_beside_the_models_is_no_name() -> None:
    assert names("class VisitQuery(BaseUserManager['Visit']):\n    pass\n") == set()


def test_an_abstract_model_and_a_plain_class_are_no_names() -> None:
    assert names("class Base(models.Model):\n    class Meta:\n        abstract = True\n") == set()
    assert names("class Reading(Protocol):\n    pass\n", "niangjia/help/visits/services.py") == set()


def test_an_unexplained_name_is_found() -> None:
    known = glossary.Name("visits", "Visit", "a.py", 1)
    assert not list(glossary.unexplained([known], GLOSSARY))
    assert list(glossary.unexplained([glossary.Name("visits", "Promise", "a.py", 1)], GLOSSARY))


def test_a_name_mentioned_only_in_a_meaning_is_not_explained() -> None:
    assert list(
        glossary.unexplained(
            [glossary.Name("visits", "Call", "a.py", 1)], "## `visits`\n| `Visit` | 走访 | a `Call` | 本系统 |\n"
        )
    )


def test_a_row_without_its_source_is_found() -> None:
    assert list(glossary.thin_rows("| `Visit` | 走访 | A call at home. | |\n"))
    assert not list(glossary.thin_rows(GLOSSARY))
