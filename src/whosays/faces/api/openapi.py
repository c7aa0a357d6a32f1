"""The table of operations as an OpenAPI 3.1 document, and as what the page for people shows.

Schemas are what msgspec makes of the Structs, with their descriptions; parameters are the fields of the query; examples are taken from
each operation's own address, which runs as a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from whosays.faces.api.operation import Dear, Operation
from whosays.faces.api.problems import MEANT, MEDIA, Problem

ROOT = "/api/v1"
REFS = "#/components/schemas/{name}"

Tree = dict[str, object]
"""JSON in the making."""

PART: Tree = {"type": "string", "pattern": r"^[^\x00-\x1f\x7f\\]{1,500}$"}
"""A part of a path: the shield lets no control characters nor backslashes through."""

HEADERS: Mapping[str, str] = {
    "ETag": "Weak tag of the content: send it as `If-None-Match`, and what did not change is not sent again.",
    "Link": 'Address of the part that follows, `rel="next"`, where there is one.',
    "Server-Timing": "How long the server took, in milliseconds.",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as it is documented."""

    name: str
    where: str
    """`query` or `path`."""
    description: str
    schema: Tree
    example: str | None
    required: bool


def document(operations: Sequence[Operation], *, version: str) -> Tree:
    """The whole document."""
    types = [one.answer for one in operations if one.answer is not None] + [
        one.body for one in operations if one.body is not None
    ]
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=REFS)
    by_type = dict(zip(map(repr, [*types, Problem]), schemas, strict=True))
    paths: dict[str, Tree] = {}
    for one in operations:
        paths.setdefault(ROOT + plain(one.path), {})[one.method.lower()] = _operation(one, by_type)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "whosays",
            "version": version,
            "summary": "Who says what happened, where and when.",
            "description": "Everything here is somebody's claim, with the words that state it. Nothing here is a finding of fact."
            " Lists go on by `cursor`; what went wrong is told as RFC 9457 has it; unknown parameters are refused.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This server."}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token that `whosays token add` printed. Reading needs none.",
                }
            },
        },
    }


def plain(path: str) -> str:
    """The path as OpenAPI writes it: `{key:path}` is `{key}`."""
    return re.sub(r"{(\w+):\w+}", r"{\1}", path)


def _operation(one: Operation, by_type: Mapping[str, Tree]) -> Tree:
    made: Tree = {
        "operationId": one.name,
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": [_parameter(each) for each in parameters(one)],
        "responses": _responses(one, by_type),
    }
    if one.scope is not None:
        made["security"] = [{"token": []}]
    if one.body is not None:
        made["requestBody"] = {
            "required": True,
            "content": {kind: {"schema": by_type[repr(one.body)]} for kind in one.takes},
        }
    elif one.takes:
        made["requestBody"] = {"required": True, "content": {kind: {} for kind in one.takes}}
    return made


def parameters(one: Operation) -> list[Parameter]:
    """The parameters of an operation, those of the path first."""
    asked = urlsplit(one.example)
    given = parse_qs(asked.query)
    parts = _parts(one, asked.path)
    found = [Parameter(name, "path", told, dict(PART), parts.get(name), True) for name, told in one.parts.items()]
    needed = {field.encode_name for field in msgspec.structs.fields(one.query) if field.required}
    for name, schema in _fields(one).items():
        described = dict(schema)
        told = str(described.pop("description"))
        found.append(Parameter(name, "query", told, described, next(iter(given.get(name, [])), None), name in needed))
    return found


def _parts(one: Operation, path: str) -> dict[str, str]:
    pattern = re.sub(r"{(\w+):\w+}", r"(?P<\1>.+)", re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", one.path))
    found = re.fullmatch(re.escape(ROOT) + pattern, path)
    return {name: unquote(value) for name, value in found.groupdict().items()} if found else {}


def _fields(one: Operation) -> dict[str, Tree]:
    """Schemas of the query's fields. A parameter is given or left out: never null."""
    (_,), components = msgspec.json.schema_components([one.query], ref_template=REFS)
    own = components[one.query.__name__]["properties"]
    return {name: _given(_inlined(schema, components)) for name, schema in own.items()}


def _inlined(schema: Tree, components: Mapping[str, Tree]) -> Tree:
    """References to named schemas replaced by these: parameters have no components of their own."""
    if "$ref" in schema:
        named = components[str(schema["$ref"]).rpartition("/")[2]]
        return {**{key: value for key, value in named.items() if key != "title"}, **_without(schema, "$ref")}
    either = schema.get("anyOf")
    if isinstance(either, list):
        return {**schema, "anyOf": [_inlined(each, components) for each in either]}
    return schema


def _given(schema: Tree) -> Tree:
    either = schema.get("anyOf")
    if not isinstance(either, list):
        return schema
    kept = [each for each in either if each != {"type": "null"}]
    rest = _without(schema, "anyOf", *(("default",) if schema.get("default", 0) is None else ()))
    return {**kept[0], **rest} if len(kept) == 1 else {"anyOf": kept, **rest}


def _without(schema: Tree, *keys: str) -> Tree:
    return {key: value for key, value in schema.items() if key not in keys}


def _parameter(one: Parameter) -> Tree:
    made: Tree = {
        "name": one.name,
        "in": one.where,
        "required": one.required,
        "description": one.description,
        "schema": one.schema,
    }
    if one.example is not None:
        made["example"] = _typed(one)
    return made


def _typed(one: Parameter) -> object:
    """The example as JSON: a number where the parameter is one."""
    kind = one.schema.get("type")
    value = one.example or ""
    return int(value) if kind == "integer" else float(value) if kind == "number" else value


def _responses(one: Operation, by_type: Mapping[str, Tree]) -> Tree:
    schema = by_type[repr(one.answer)] if one.answer is not None else None
    content: Tree = {kind: {"schema": schema} if schema is not None and "json" in kind else {} for kind in one.media}
    done: Tree = {"description": "As asked."}
    if one.status != 204:
        done["content"] = content
    if one.method == "GET":
        done["headers"] = {name: _header(told) for name, told in HEADERS.items()}
    made: Tree = {str(one.status): done}
    if one.method == "GET":
        made["304"] = {"description": "What the client has, by `If-None-Match`, is still so."}
    for status in statuses(one):
        made[str(status)] = {
            "description": MEANT[status],
            "content": {MEDIA: {"schema": {"$ref": REFS.format(name="Problem")}}},
        }
        if status == 429:
            retry = {"description": "Seconds until there is room.", "schema": {"type": "integer"}}
            made["429"] = {**_tree(made["429"]), "headers": {"Retry-After": retry}}
    return made


def _tree(value: object) -> Tree:
    assert isinstance(value, dict)
    return value


def statuses(one: Operation) -> list[int]:
    """The problems that an operation may come to."""
    found = {400, 405, 406, 414, 421, 422, 431, 500, 503}
    if one.parts or "cursor" in one.query.__struct_fields__:
        found.add(404)
    if one.scope is not None:
        found |= {401, 403}
    if one.takes:
        found |= {413, 415}
    if one.dear is not Dear.NO:
        found.add(429)
    return sorted(found)


def _header(told: str) -> Tree:
    return {"description": told, "schema": {"type": "string"}}


# --------------------------------------------------------------------------------------------------------- for people


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as the page for people shows it."""

    operation: Operation
    path: str
    parameters: tuple[Parameter, ...]
    statuses: tuple[int, ...]
    fields: tuple[tuple[str, str], ...]
    """Of the answer, with what they mean."""


def sections(operations: Sequence[Operation]) -> dict[str, list[Entry]]:
    """The operations by resource."""
    found: dict[str, list[Entry]] = {}
    for one in operations:
        entry = Entry(one, ROOT + plain(one.path), tuple(parameters(one)), tuple(statuses(one)), tuple(_told(one)))
        found.setdefault(one.tag or "home", []).append(entry)
    return found


def _told(one: Operation) -> list[tuple[str, str]]:
    """Fields of the answer and their descriptions."""
    if one.answer is None:
        return []
    (schema,), components = msgspec.json.schema_components([one.answer], ref_template=REFS)
    own = components[str(schema["$ref"]).rpartition("/")[2]]
    return [(name, str(field.get("description", ""))) for name, field in own["properties"].items()]
