from pathlib import Path

from django.test.utils import override_settings

from niangjia.config.serving.static import KnownAddresses

STYLE = "look.css"


def collected(storage: KnownAddresses, words: str) -> None:
    """Put the file where it is served from and name it by its content."""
    Path(storage.path(STYLE)).write_text(words, encoding="utf-8")
    for _name, _hashed, problem in storage.post_process({STYLE: (storage, STYLE)}):
        assert not isinstance(problem, Exception)


@override_settings(STATIC_URL="/static/")
def test_an_address_is_kept_until_names_are_made_anew(tmp_path: Path) -> None:
    storage = KnownAddresses(location=tmp_path, base_url="/static/")
    collected(storage, "a {color: red}")
    first = storage.url(STYLE)
    assert first.startswith("/static/look.")
    storage.hashed_files.clear()
    assert storage.url(STYLE) == first
    collected(storage, "a {color: blue}")
    assert storage.url(STYLE) not in (first, "/static/look.css")
