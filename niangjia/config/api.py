"""The API of the whole program: which slice answers at which address."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from niangjia.kernel.api.exports import router as exports
from niangjia.kernel.api.instance import make_api
from niangjia.kernel.api.problems import not_there
from niangjia.registers.employers.api import router as employers
from niangjia.registers.members.api import imports_router as imports
from niangjia.registers.members.api import router as members
from niangjia.registers.orgs.api import router as unions

API = make_api(
    title="Niangjia 娘家",
    routers={"/unions": unions, "/employers": employers, "/members": members, "/imports": imports, "/exports": exports},
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", API.urls),
    path("api/<path:rest>", not_there),
]
