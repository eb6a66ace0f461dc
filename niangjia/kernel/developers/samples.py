"""Operations as programmers read them, with samples, made from the API's own description."""

import json
import shlex
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

KEY = "$NIANGJIA_KEY"
WRITES = frozenset({"post", "put", "patch", "delete"})


@dataclass(frozen=True)
class Parameter:
    """One parameter: where it goes, what it means, an example."""

    name: str
    where: str
    words: str
    example: str
    choices: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One operation of the API (接口操作)."""

    name: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    parameters: tuple[Parameter, ...]
    body: str
    answers: tuple[tuple[str, str], ...]

    @property
    def is_tried(self) -> bool:
        """Whether a form can ask it: it looks only, and its address is whole."""
        return self.method == "get" and "{" not in self.path

    def curl(self, origin: str) -> str:
        """A sample for the command line."""
        lines = [f"curl {shlex.quote(origin + self._filled)}", f'-H "Authorization: Bearer {KEY}"']
        if self.method in WRITES:
            lines.insert(1, f"-X {self.method.upper()}")
            lines.append('-H "Idempotency-Key: $(uuidgen)"')
        if self.body:
            lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(self.body)}"]
        return " \\\n  ".join(lines)

    def python(self, origin: str) -> str:
        """A sample for Python, with the library requests."""
        head = ["import os", *(["import uuid"] if self.method in WRITES else []), "", "import requests", ""]
        headers = ['"Authorization": f"Bearer {os.environ[\'NIANGJIA_KEY\']}"']
        if self.method in WRITES:
            headers.append('"Idempotency-Key": str(uuid.uuid4())')
        lines = ["answer = requests." + self.method + "(", f'    "{origin}{self._filled}",']
        lines.append(f"    headers={{{', '.join(headers)}}},")
        if self.body:
            lines.append(f"    json={json.loads(self.body)!r},")
        return "\n".join([*head, *lines, "    timeout=30,", ")", "answer.raise_for_status()", "print(answer.json())"])

    @property
    def _filled(self) -> str:
        path = self.path
        for one in self.parameters:
            path = path.replace(f"{{{one.name}}}", one.example)
        return path


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, in the order of the description."""
    whole = import_string(settings.NIANGJIA_API).get_openapi_schema()
    schemas = whole["components"]["schemas"]
    return tuple(
        _operation(path, method, told, schemas)
        for path, methods in whole["paths"].items()
        for method, told in methods.items()
    )


def operation_named(name: str) -> Operation | None:
    """The operation of this id."""
    return next((each for each in operations() if each.name == name), None)


def receiver() -> str:
    """A sample in Python of what a receiver of events holds against its secret."""
    return RECEIVER


RECEIVER = """import base64, hashlib, hmac, time

def is_genuine(headers: dict, body: bytes, secret: str) -> bool:
    number, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{number}.{stamp}.".encode() + body
    right = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    given = [each[3:] for each in headers["webhook-signature"].split() if each.startswith("v1,")]
    return any(hmac.compare_digest(right, each) for each in given)
"""


def _operation(path: str, method: str, told: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    scopes = [scope for door in told["security"] for scope in door.get("key", [])]
    return Operation(
        name=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"],
        words=told["description"],
        scope=scopes[0] if scopes else "",
        parameters=tuple(_parameter(one) for one in told["parameters"]),
        body=_body(told.get("requestBody"), schemas),
        answers=tuple((str(status), answer["description"]) for status, answer in told["responses"].items()),
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    schema = one["schema"]
    values = schema.get("enum", [])
    if any(part.get("type") == "boolean" for part in schema.get("anyOf", [])):
        values = ["", "true", "false"]
    example = one.get("example", schema.get("example", ""))
    return Parameter(
        one["name"],
        one["in"],
        one["description"].replace("`", ""),
        str(example),
        tuple(map(str, values)),
        one["required"],
    )


def _body(asked: dict[str, Any] | None, schemas: dict[str, Any]) -> str:
    if asked is None:
        return ""
    schema = schemas[asked["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]]
    return json.dumps(schema["examples"][0], ensure_ascii=False)
