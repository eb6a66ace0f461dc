"""The description of the API (OpenAPI 3.1): the framework's, with what only this house can say."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from niangjia.kernel.api.doors import Key
from niangjia.kernel.api.problems import CONTENT_TYPE
from niangjia.kernel.idempotency.rules import HEADER, KEY, WRITES
from niangjia.kernel.programs.rules import Scope

FIRST_PROBLEM = 400
AGAIN = 429
WITH_KEY, SIGNED_IN = "key", "session"
ONCE = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "One key for one write; the same request sent again under it is answered, not done again.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
    "example": "5f0c1b9e-6a0e-4a55-9d5e-0d8f6f7d1c11",
}
SCHEMES = {
    WITH_KEY: {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of a place, made by its security administrator under /developers/keys/. Each operation names the scope it needs: "
        + ", ".join(scope.value for scope in Scope)
        + ".",
    },
    SIGNED_IN: {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Signed in as on the pages; writes carry the header X-CSRFToken, too.",
    },
}
WORDS = {
    200: "Done.",
    201: "Registered.",
    400: "The request cannot be read, or its Idempotency-Key is missing.",
    401: "Nobody is signed in, or the key is unknown, over, revoked, or comes from another network.",
    403: "The key has not this scope, the operation is for persons only, or a write of a session came without its token.",
    404: "No such thing, or not for who asks: both look alike.",
    409: "It stands against something that is there; nothing was registered.",
    413: "The body is too long and was not read.",
    415: "The body is no application/json.",
    422: "Something has to be changed; `reasons` says what. Nothing was saved.",
    429: "Too often; come again after the seconds in Retry-After.",
    500: "Our own fault; nothing was saved, and the same request may be sent again.",
}
# What stands in an address; the framework has no words for it.
PATH_WORDS = {
    "q": "What the search box of the page takes.",
    "sort": "A column; with a minus the other way round.",
    "code": "The union's code.",
    "employer_id": "The employer's number.",
    "member_id": "The member's number.",
    "import_id": "The import's number.",
    "export_id": "The request's number.",
}
RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}}
TAGS = [
    {"name": "unions", "description": "Unions of one's own subtrees (工会组织)."},
    {"name": "employers", "description": "Employers of one's own territory (单位)."},
    {"name": "without_union", "description": "Employers without a union, and the target each is (没有工会的单位)."},
    {"name": "targets", "description": "Employers handed to cadres as targets, with their visits (建会对象)."},
    {"name": "away_unions", "description": "Unions that serve workers away from home (驻外工会)."},
    {"name": "terms", "description": "Terms of office of unions, and when they end (届期)."},
    {"name": "cadres", "description": "Cadres of unions, their posts and until when they hold them (工会干部)."},
    {"name": "four_haves", "description": "What unions have and lack: people, money, room, rules (四有)."},
    {"name": "members", "description": "Members of one's own subtrees, masked (会员)."},
    {"name": "cards", "description": "Member cards: a code is checked, by a counter's program or later (会员卡)."},
    {"name": "imports", "description": "How far an import of a list is (导入)."},
    {"name": "accounts", "description": "Who can sign in, for who keeps accounts; for persons only (账号)."},
    {"name": "looks", "description": "What one looked at oneself; for persons only (我看过的)."},
    {"name": "all_looks", "description": "Who looked at what and why, for auditors; for persons only (查看记录)."},
    {"name": "exports", "description": "Lists taken out of the house; for persons only (导出)."},
    {"name": "requests", "description": "What workers say and what is done with it; for persons only (诉求)."},
    {"name": "answers", "description": "Answers kept for all (答复参考)."},
]


class Description(OpenAPISchema):
    """The description: who may call what, which problems are met, and the key that every write carries."""

    def __init__(self, api: Any, path_prefix: str) -> None:
        """Describe the whole API."""
        super().__init__(api, path_prefix)
        used = {tag for path in self["paths"].values() for one in path.values() for tag in one.get("tags", [])}
        self["tags"] = [tag for tag in TAGS if tag["name"] in used]
        self["info"]["license"] = {"name": "MulanPSL-2.0", "identifier": "MulanPSL-2.0"}
        if not self["servers"]:
            self["servers"] = [{"url": "/"}]

    def get_components(self) -> dict[str, Any]:
        """Schemas, and the two ways of signing in."""
        return {**super().get_components(), "securitySchemes": SCHEMES}

    def operation_security(self, operation: Operation) -> list[dict[str, Any]]:
        """A key with a scope where one is named; a person always."""
        keys: list[dict[str, Any]] = [
            {WITH_KEY: [each.scope.value]} for each in operation.auth_callbacks if isinstance(each, Key)
        ]
        return [*keys, {SIGNED_IN: []}]

    def operation_parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """The parameters; writes carry a key besides."""
        found: list[dict[str, Any]] = super().operation_parameters(operation)
        for one in found:
            one.setdefault("description", PATH_WORDS.get(one["name"], "Narrows the list, as on its page."))
        return [*found, ONCE] if WRITES & set(operation.methods) else found

    def responses(self, operation: Operation) -> dict[int, Any]:
        """Every answer in words; problems in the media type of problems."""
        found: dict[int, Any] = super().responses(operation)
        for status, response in found.items():
            response["description"] = WORDS[int(status)]
            content = response.get("content", {})
            if int(status) >= FIRST_PROBLEM and "application/json" in content:
                content[CONTENT_TYPE] = content.pop("application/json")
            if int(status) == AGAIN:
                response["headers"] = RETRY_AFTER
        return dict(sorted(found.items()))
