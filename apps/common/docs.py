"""The API's description as a page of our own, made from the same schema as the OpenAPI file."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views import View
from drf_spectacular.generators import SchemaGenerator

JSON = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
MEDIA = ("multipart/form-data", "application/json")


@dataclass(frozen=True)
class Field:
    """One value that a request takes or an answer holds."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    id: str
    method: str
    path: str
    description: str
    media: str
    parameters: tuple[Field, ...]
    request: tuple[Field, ...]
    response: tuple[Field, ...]


class DocsView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        groups = api_groups(get_language() or "en")
        return render(request, "common/api_docs.html", {"groups": groups})


@lru_cache(maxsize=4)
def api_groups(language: str) -> tuple[tuple[str, tuple[Operation, ...]], ...]:
    """All operations by their tag; descriptions may be translated, hence the key."""
    del language
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                found = read_operation(schema, path, method, methods[method])
                groups.setdefault(methods[method].get("tags", ["api"])[0], []).append(found)
    return tuple((tag, tuple(found)) for tag, found in groups.items())


def read_operation(schema: JSON, path: str, method: str, source: JSON) -> Operation:
    content = source.get("requestBody", {}).get("content", {})
    media = next((name for name in MEDIA if name in content and uploads(schema, content)), "")
    media = media or ("application/json" if "application/json" in content else "")
    return Operation(
        id=source["operationId"],
        method=method.upper(),
        path=path,
        description=source.get("description", ""),
        media=media,
        parameters=tuple(read_parameter(item) for item in source.get("parameters", [])),
        request=fields(schema, content.get(media, {}).get("schema", {})),
        response=fields(schema, answer(source)),
    )


def uploads(schema: JSON, content: JSON) -> bool:
    """Whether the request carries a file."""
    sent = resolve(schema, content.get("multipart/form-data", {}).get("schema", {}))
    return any(item.get("format") == "binary" for item in sent.get("properties", {}).values())


def read_parameter(item: JSON) -> Field:
    return Field(
        item["name"],
        type_name(item.get("schema", {})),
        item.get("required", False),
        item.get("description", ""),
    )


def answer(source: JSON) -> JSON:
    """The schema of the answer to a request that succeeds."""
    for status, response in sorted(source.get("responses", {}).items()):
        if str(status).startswith("2"):
            found: JSON = response.get("content", {}).get("application/json", {}).get("schema", {})
            return found
    return {}


def resolve(schema: JSON, node: JSON) -> JSON:
    """Follow references, and the items of a list to what they are."""
    while True:
        if "$ref" in node:
            node = schema["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        elif "allOf" in node:
            node = node["allOf"][0]
        elif node.get("type") == "array":
            node = node.get("items", {})
        else:
            return node


def fields(schema: JSON, node: JSON) -> tuple[Field, ...]:
    found = resolve(schema, node)
    required = set(found.get("required", ()))
    return tuple(
        Field(name, type_name(item), name in required, item.get("description", ""))
        for name, item in found.get("properties", {}).items()
    )


def type_name(node: JSON) -> str:
    """A short name of a type: "string (uuid)", "list of Member"."""
    if "$ref" in node:
        return str(node["$ref"].rpartition("/")[2])
    if "allOf" in node or "oneOf" in node:
        return " | ".join(type_name(part) for part in node.get("allOf") or node["oneOf"])
    if node.get("type") == "array":
        return f"list of {type_name(node.get('items', {}))}"
    name = str(node.get("type", "any"))
    return f"{name} ({node['format']})" if "format" in node else name
