"""The API of the whole program: which slice answers at which address."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from niangjia.kernel.accounts.listing import ACCOUNTS
from niangjia.kernel.api.exports import router as exports
from niangjia.kernel.api.instance import make_api
from niangjia.kernel.api.listed import router_of
from niangjia.kernel.api.problems import not_there
from niangjia.kernel.web.listing import ALL_LOOKS, OWN_LOOKS
from niangjia.registers.cadres.haves.listing import FOUR_HAVES
from niangjia.registers.cadres.listing import CADRES
from niangjia.registers.cards.api import router as cards
from niangjia.registers.committees.listing import TERMS
from niangjia.registers.employers.api import router as employers
from niangjia.registers.employers.away.listing import AWAY_UNIONS
from niangjia.registers.employers.targets.listing import TARGETS, WITHOUT_UNION
from niangjia.registers.members.api import imports_router as imports
from niangjia.registers.members.api import router as members
from niangjia.registers.orgs.api import router as unions
from niangjia.registers.orgs.past.api import router as tree
from niangjia.services.requests.answers.listing import KEPT_ANSWERS
from niangjia.services.requests.api import router as requests

VERSION = "1.0.0"
WORDS = (
    "Who asks sees what the same person, or the key's place, may see: no right, no rows; absent and forbidden look alike. "
    "Refusals are application/problem+json (RFC 9457) with closed codes. Lists answer `items`, `next` (the cursor of the "
    "next page) and `total` (counted with the first page). Every write carries an Idempotency-Key. "
    "How to begin, and what changed: /developers/ in the running program."
)
API = make_api(
    title="Niangjia 娘家",
    version=VERSION,
    words=WORDS,
    routers={
        "/unions": unions,
        "/tree": tree,
        "/employers": employers,
        "/without_union": router_of(
            WITHOUT_UNION, words="Employers of one's own territory that no union covers, the newest first."
        ),
        "/targets": router_of(
            TARGETS, words="Employers without a union that were handed to somebody, until when, and how often visited."
        ),
        "/away_unions": router_of(AWAY_UNIONS, words="Unions of workers away from home, at either end."),
        "/members": members,
        "/terms": router_of(TERMS, words="The unions' present terms of office, the one that ends first on top."),
        "/cadres": router_of(CADRES, words="Cadres of the unions with the posts they hold now, by name."),
        "/four_haves": router_of(FOUR_HAVES, words="Which unions have people, money, a room, rules."),
        "/cards": cards,
        "/imports": imports,
        "/exports": exports,
        "/requests": requests,
        "/answers": router_of(KEPT_ANSWERS, words="Answers kept for all who ask the same, with their sources."),
        "/accounts": router_of(ACCOUNTS, words="Who can sign in, as what, for who keeps accounts."),
        "/looks": router_of(OWN_LOOKS, words="Sealed facts that one looked at oneself, the newest first."),
        "/all_looks": router_of(ALL_LOOKS, words="Who looked at sealed facts of whom and why, for auditors."),
    },
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", API.urls),
    path("api/<path:rest>", not_there),
]
