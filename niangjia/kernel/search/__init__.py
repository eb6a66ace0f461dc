"""One box for everything (搜索): people, unions, employers, things to do, pages; each source is declared by its slice.

A slice declares in `searching.py` and is wired in `NIANGJIA_SEARCHES`::

    # niangjia/registers/orgs/searching.py
    UNIONS_FOUND = of_list(UNIONS, icon="sitemap", hit=_hit, codes=("code", "uscc"))

- `SearchSource(key, words, icon, find, move=None, is_slow=False)`: `find(actor, asked, limit)` answers `Found(hits, counted, address)`; with a `move`,
  whoever has no right to it anywhere is not offered it; a slow one is asked on the page alone, not while somebody types.
- `Hit(title, note, address, badge=None)`: what one line shows and where it leads.
- `of_list` makes a source of a declared list: the same rows under the same rights by the same search, exact names and codes first.
- `sounds_like(words)` are conditions on a column `sounds` (see `sounds.py`): name part, initials, pinyin.
- A whole number of somebody never stands in an address: it comes by POST, and no link or memory takes it up.
"""

from niangjia.kernel.search.declaration import Found, Hit, SearchSource
from niangjia.kernel.search.lists import of_list
from niangjia.kernel.search.rules import Asked
from niangjia.kernel.search.sounds import sounds_like

__all__ = ["Asked", "Found", "Hit", "SearchSource", "of_list", "sounds_like"]
