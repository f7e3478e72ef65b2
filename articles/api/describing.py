"""The OpenAPI description, drawn from what the views declare: `accepts`, `takes` and `answers`, by action."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from articles.api.parameters import Parameter
from articles.api.problems import PROBLEM_JSON
from articles.api.shapes import PROBLEM, Shape
from articles.records import JSON

REFUSED = OpenApiResponse(PROBLEM, "What is wrong, and what to do.")
NOWHERE = (404, PROBLEM_JSON)
MISSING = {
    301: OpenApiResponse(description="It has another address now."),
    NOWHERE: OpenApiResponse(PROBLEM, "There is nothing at this address."),
    (410, PROBLEM_JSON): OpenApiResponse(PROBLEM, "It was withdrawn."),
}
UNCHANGED = {304: OpenApiResponse(description="The client has it already (If-None-Match).")}


class Schema(AutoSchema):
    """Describes views that declare their shapes; others as drf-spectacular does."""

    def get_operation_id(self) -> str:
        if self._declared("answers") is None:
            return super().get_operation_id()
        part = (self.get_tags() or ["root"])[0].replace("-", "_")
        return f"{part}_{self._action()}"

    def get_override_parameters(self) -> list[Any]:
        return [_described(parameter) for parameter in self._declared("accepts") or ()]

    def get_request_serializer(self) -> Any:
        return self._declared("takes") if hasattr(self.view, "takes") else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        answer = self._declared("answers")
        if answer is None:
            return super().get_response_serializers()
        status = getattr(self.view, "statuses", {}).get(self._action(), 200)
        return {
            status: OpenApiResponse(answer, "As asked for."),
            **(UNCHANGED if self.method == "GET" else {}),
            **self._missing(),
            ("default", PROBLEM_JSON): REFUSED,
        }

    def _missing(self) -> Any:
        """Drafts have one address for good; what was published may have moved, or be withdrawn."""
        if "{" not in self.path:
            return {}
        return MISSING if getattr(self.view, "lookup_field", "") == "slug" else {NOWHERE: MISSING[NOWHERE]}

    def _declared(self, name: str) -> Any:
        return getattr(self.view, name, {}).get(self._action())

    def _action(self) -> str | None:
        return getattr(self.view, "action", None)


class ShapeExtension(OpenApiSerializerExtension):
    target_class = Shape
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> JSON:
        return _resolved(self.target.build(), auto_schema, direction)


def _described(parameter: Parameter) -> OpenApiParameter:
    listed = parameter.schema["type"] == "array"  # in one value, separated by commas
    return OpenApiParameter(
        parameter.name,
        parameter.schema,
        required=parameter.required,
        description=parameter.description,
        style="form" if listed else None,
        explode=False if listed else None,
    )


def _resolved(value: Any, auto_schema: AutoSchema, direction: Any) -> Any:
    """The schema with references in the places of the shapes in it."""
    if isinstance(value, type):
        return auto_schema.resolve_serializer(value, direction).ref
    if isinstance(value, dict):
        return {key: _resolved(part, auto_schema, direction) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolved(part, auto_schema, direction) for part in value]
    return value
