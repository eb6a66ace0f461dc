"""What a change of the API breaks for programs that were written before it; each such break is told in the API's changelog."""

from collections.abc import Iterator, Mapping
from typing import Any

CHANGELOG = "docs/reference/api-changelog.md"
SNAPSHOT = "docs/reference/openapi.json"
SUCCESS = range(200, 300)
# Limits by which a request that was taken before may be refused now: the higher ones and the lower ones.
UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems")
Json = Mapping[str, Any]
Pair = tuple[Json, Json]


def untold(old: Json, new: Json, changelog: str) -> list[str]:
    """What breaks, and stands in no line of the changelog."""
    return [line for line in broken(old, new) if line not in changelog]


def broken(old: Json, new: Json) -> list[str]:
    """What a program that follows the old description may not do, or not find, under the new one."""
    return list(dict.fromkeys(_broken(old, new)))


def _broken(old: Json, new: Json) -> Iterator[str]:
    sides = _Sides(old, new)
    for path, methods in old["paths"].items():
        for method, before in methods.items():
            name = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"`{name}` is gone"
                continue
            if before["operationId"] != now["operationId"]:
                yield f"`{name}` is called `{now['operationId']}` instead of `{before['operationId']}`"
            yield from (f"`{name}`: {what}" for what in _operation(sides, before, now))


class _Sides:
    """Both descriptions, with their references followed."""

    def __init__(self, old: Json, new: Json) -> None:
        self.schemas = [side.get("components", {}).get("schemas", {}) for side in (old, new)]

    def of(self, pair: Pair) -> Pair:
        """A schema before and now."""
        return self._of(0, pair[0]), self._of(1, pair[1])

    def kinds(self, pair: Pair) -> tuple[set[str], set[str]]:
        """The JSON types each allows, with their formats; none where it does not say."""
        return self._kinds(0, pair[0]), self._kinds(1, pair[1])

    def _of(self, side: int, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self.schemas[side][schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def _kinds(self, side: int, schema: Json) -> set[str]:
        parts = [self._of(side, part) for part in schema.get("anyOf", [schema])]
        return {
            f"{part['type']} {part.get('format', '')}".strip() for part in parts if isinstance(part.get("type"), str)
        }


def _operation(sides: _Sides, before: Json, now: Json) -> Iterator[str]:
    gone = [each for each in before.get("security", []) if each not in now.get("security", [])]
    yield from (f"is no longer opened by `{_door(each)}`" for each in gone)
    yield from _parameters(sides, before, now)
    yield from _body(sides, before.get("requestBody", {}), now.get("requestBody", {}))
    for status, answer in before["responses"].items():
        if int(status) in SUCCESS:
            yield from _answer(sides, status, answer, now["responses"].get(status))


def _body(sides: _Sides, before: Json, now: Json) -> Iterator[str]:
    taken = now.get("content", {})
    if not before and now.get("required"):
        yield "a body is asked for"
    for media, was in before.get("content", {}).items():
        if media in taken:
            yield from _request(sides, (was["schema"], taken[media]["schema"]), "body")
        else:
            yield f"`{media}` is no longer taken"


def _answer(sides: _Sides, status: str, before: Json, now: Json | None) -> Iterator[str]:
    if now is None:
        yield f"is no longer answered with {status}"
        return
    for media, was in before.get("content", {}).items():
        if media in now.get("content", {}):
            yield from _response(sides, (was["schema"], now["content"][media]["schema"]), status)
        else:
            yield f"{status} is no longer answered as `{media}`"


def _door(security: Json) -> str:
    return ", ".join(f"{name} {' '.join(scopes)}".strip() for name, scopes in security.items())


def _parameters(sides: _Sides, before: Json, now: Json) -> Iterator[str]:
    known = {(one["in"], one["name"]): one for one in before.get("parameters", [])}
    found = {(one["in"], one["name"]): one for one in now.get("parameters", [])}
    for key, one in known.items():
        if key not in found:
            yield f"parameter `{key[1]}` is gone"
        else:
            yield from _request(sides, (one["schema"], found[key]["schema"]), f"parameter `{key[1]}`")
    for key, one in found.items():
        if one.get("required") and not known.get(key, {}).get("required"):
            yield f"parameter `{key[1]}` is asked for"


def _request(sides: _Sides, pair: Pair, at: str) -> Iterator[str]:
    """What was taken and is no longer taken."""
    before, now = sides.of(pair)
    were, are = sides.kinds((before, now))
    yield from (f"{at} is no longer taken as {kind}" for kind in sorted(were - are) if are)
    yield from (f"{at} no longer takes `{value}`" for value in _lost(before.get("enum"), now.get("enum")))
    yield from (f"{at}{what}" for what in _narrower(before, now))
    known, found = before.get("properties", {}), now.get("properties", {})
    for name in sorted(set(now.get("required", [])) - set(before.get("required", []))):
        yield f"{at}: `{name}` is asked for"
    for name, schema in known.items():
        if name not in found:
            yield f"{at}: `{name}` is no longer taken"
        else:
            yield from _request(sides, (schema, found[name]), f"{at}: `{name}`")
    if "items" in before and "items" in now:
        yield from _request(sides, (before["items"], now["items"]), f"{at}: each")


def _narrower(before: Json, now: Json) -> Iterator[str]:
    """Limits that became tighter."""
    for limit in (*UPPER, *LOWER):
        was, given = before.get(limit), now.get(limit)
        if given is not None and (was is None or (given < was if limit in UPPER else given > was)):
            yield f": {limit} is {given}"
    if now.get("pattern") not in (None, before.get("pattern")):
        yield " has another pattern"


def _response(sides: _Sides, pair: Pair, at: str) -> Iterator[str]:
    """What was answered and is not answered any more, or is answered in a way nobody could expect."""
    before, now = sides.of(pair)
    were, are = sides.kinds((before, now))
    yield from (f"{at} may be answered as {kind}" for kind in sorted(are - were) if were)
    yield from (f"{at} may be `{value}`" for value in _lost(now.get("enum"), before.get("enum")))
    found = now.get("properties", {})
    for name, schema in before.get("properties", {}).items():
        if name not in found:
            yield f"{at}: `{name}` is no longer answered"
            continue
        if name in before.get("required", []) and name not in now.get("required", []):
            yield f"{at}: `{name}` may be missing"
        yield from _response(sides, (schema, found[name]), f"{at}: `{name}`")
    if "items" in before and "items" in now:
        yield from _response(sides, (before["items"], now["items"]), f"{at}: each")


def _lost(before: list[Any] | None, now: list[Any] | None) -> list[Any]:
    """What one list allowed and the other does not; no list allows everything."""
    if now is None:
        return []
    if before is None:
        return ["what is not on a list"]
    return [value for value in before if value not in now]
