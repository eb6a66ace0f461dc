"""Declared lists: one declaration gives the page, its htmx fragment, search, filters, order, pager and empty state.

A slice declares in `listing.py` and wires in `urls.py`; nothing else is needed::

    # niangjia/registers/members/listing.py
    MEMBERS = Listing(
        "members",  # unique; also the name under which filters are remembered
        title=_("会员"),
        visible_to=queries.visible_to,  # Callable[[Actor], QuerySet]; the law of what may be seen
        columns=(
            Column(
                _("姓名"), "person.name", link=lambda row: f"/members/{row.person_id}/", sort=("person__name_sort",)
            ),
            Column(_("手机"), masked_phone),  # dotted name, or a function of the row
            Column(_("所属工会"), "union.name", wide_only=True),
            Column(_("会籍"), lambda row: Badge("done", _("在册"))),
        ),
        filters=(
            Filter("state", _("会籍状态"), choices=((s.value, s.label) for s in State), apply="state"),
            Filter("union", _("工会"), apply=queries.of_union),  # no choices: free text
        ),
        search=queries.matching,  # Callable[[QuerySet, str], QuerySet]
        search_words=_("姓名、拼音或尾号"),
        order=("person__name_sort", "pk"),  # ends in something unique
        empty=Empty(
            _("还没有会员"), _("把花名册拖进来就行。"), button=Button(_("导入花名册"), "/members/imports/new/")
        ),
        buttons=(
            Button(_("导入花名册"), "/members/imports/new/", icon="upload"),
            Button(_("登记会员"), "/members/new/", main=True),
        ),
        counted=lambda n: ngettext("%(n)s 人", "%(n)s 人", n) % {"n": f"{n:,}"},
    )

    # niangjia/registers/members/urls.py, with `list_page` of `niangjia.kernel.listing.views`
    urlpatterns = [path("members/", list_page(MEMBERS), name="members")]

- `Column(title, value, *, kind="text", link=None, sort=(), wide_only=False, note=None)`; kinds: `text`, `number` (right aligned,
  thousands), `day` (a date), `moment` (an instant), `mono` (numbers and codes). A value may be a `Badge(form, words)`: forms `quiet wait
  doing back paused late done refused closed` (their colours and icons are the same everywhere). `note` is a second, grey line of the cell.
- `Filter(name, title, *, choices=(), apply, caption=None)`: `apply` is a field to compare with, or a function of (rows, value); `choices` pairs of
  (value, words) or a function of the actor that gives them; without choices it is a free text; `caption(value)` words the chip.
- `Filter(…, picks=Picks("unions", SEE_UNIONS))`: the value is picked inside the chip, by name, pinyin or code under one's rights (a name of
  `NIANGJIA_PICKERS`); without scripts the words are sent, and the chip offers what they may mean.
- `Button(words, address, *, icon="", main=False, allowed=None)`: `allowed(actor)` hides it from who may not press it.
- `Listing(..., line=None)`: `line(actor)` gives the grey sentence beside the title; `per_page` 50; `move`: where given, an actor without any right
  to it gets the page that is not there.
- `total_and_line(actor)`: where one look at all rows tells the total and the line; asked where nothing narrows the list.
- `BulkAction(key, words, icon, move, *, asks, preview, apply, choices=(), consequence="", help="")` in `actions`: something done with many
  rows at once, looked at first; `preview` and `apply` are functions of the slice, see its docstring.
- `list_page(LISTING, drawer=Drawer("members/drawer.html", context))`: a row opens beside its list. The template extends
  `listing/drawer.html`, `context(request, row)` is what it shows; scripts off, or on a phone, the row's own page opens.
- Saved views stand above every list that is wired in `NIANGJIA_LISTINGS`: filters and order, never the words searched for.
- Query budget: one query for the rows, one for their count (it stops counting at 100,000), what `choices` ask, nothing per row: put
  `select_related` and annotations into `visible_to`.
- Parameters of the address: `q` search, `sort` (a column's position, `-2` backwards), `page`, each filter's name, `only` (rows that were
  ticked) and `open` (the row beside the list).
- Every list named in `NIANGJIA_LISTINGS` can be exported as it is filtered: the same columns, the same rows. A column that hides
  something declares it, `secret=Secret(field, title, grade, clear, subject)`; `templates` are other, fixed columns of the same rows.
- `page_of(listing, request)` gives the same rows to another view (exports, API): a `ListPage` with `rows`, `total`, `values(row)`.
"""

from niangjia.kernel.listing.declaration import (
    Badge,
    BulkAction,
    Button,
    Column,
    Drawer,
    Empty,
    Filter,
    Listing,
    Preview,
)
from niangjia.kernel.listing.page import ListPage, page_of
from niangjia.kernel.listing.picks import Picks

__all__ = [
    "Badge",
    "BulkAction",
    "Button",
    "Column",
    "Drawer",
    "Empty",
    "Filter",
    "ListPage",
    "Listing",
    "Picks",
    "Preview",
    "page_of",
]
