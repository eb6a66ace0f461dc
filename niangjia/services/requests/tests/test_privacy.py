"""What requests hold about a person: told to her in her own words, emptied when she asks for it, with nobody else touched."""

import pytest

from niangjia.kernel import clock
from niangjia.kernel.privacy.queries import told_of
from niangjia.kernel.privacy.registered import personal_tables
from niangjia.kernel.privacy.rules import End, Leaving
from niangjia.services.requests import following, handling
from niangjia.services.requests.models import Addition, Press, Request
from niangjia.services.requests.queries import additions_of, said_in
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db
MORE = "还有八月的加班费也没有发。"
OF_A_REQUEST = ("requests.", "cases.", "case_drafts.")


@pytest.fixture
def street() -> Street:
    return Street()


def lived(street: Street) -> tuple[Request, Request]:
    """She said something, said more, pressed and was answered; her colleague said the same."""
    hers, others = street.says(), street.says(who=street.colleague)
    following.say_more(hers.pk, MORE, by=street.actor(street.worker), at=clock.now())
    following.press(hers.pk, by=street.actor(street.worker), at=clock.now())
    handling.accept(hers.pk, "petition", seen=street.seen(street.zhou))
    handling.take(hers.pk, seen=street.seen(street.zhou))
    handling.move(hers.pk, "answer", seen=street.seen(street.zhou), says="三十日前发到卡上。")
    return hers, others


def told(subject_id: int) -> str:
    return str([rows for table, rows in told_of(subject_id) if table.model.startswith(OF_A_REQUEST)])


def erased(street: Street) -> None:
    leaving = Leaving(street.chen.pk, "349900", "P", frozenset())
    for table in personal_tables():
        if table.model.startswith(OF_A_REQUEST) and callable(table.erase):
            table.erase(leaving)


def test_her_own_file_has_what_she_said_and_what_she_was_answered(street: Street) -> None:
    hers, _others = lived(street)
    file = told(street.chen.pk)
    for words in (TEXT, "把工资发给我们", MORE, "三十日前发到卡上。", hers.case.number):
        assert words in file, words


def test_her_file_has_nothing_of_her_colleague_who_said_the_same(street: Street) -> None:
    hers, others = lived(street)
    assert others.case.number not in told(street.chen.pk)
    assert hers.case.number not in told(street.liu.pk)


def test_erased_her_words_are_gone_and_her_colleagues_stay(street: Street) -> None:
    hers, others = lived(street)
    erased(street)
    hers.refresh_from_db()
    assert (hers.text_sealed, hers.wish_sealed, hers.caller_sealed) == (None, None, None)
    assert [says for _row, says in additions_of(hers)] == [""]
    assert said_in(others).text == TEXT
    # That there was one, and how it was handled, stays for the books.
    assert (hers.case.number, Press.objects.filter(request=hers).count()) != ("", 0)
    assert Addition.objects.filter(request=hers).count() == 1


def test_a_request_is_kept_to_prove_how_it_was_handled(street: Street) -> None:
    kept = {table.model: table.keep.end for table in personal_tables() if table.model.startswith("requests.")}
    assert set(kept) >= {"requests.Request", "requests.Addition", "requests.Press", "requests.KnownAnswer"}
    assert set(kept.values()) == {End.KEEP}
