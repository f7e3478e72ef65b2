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
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag that came with the draft: the revision that the document was made from.",
)
UNCHANGED = {304: OpenApiResponse(description="The client has it already (If-None-Match).")}


class Schema(AutoSchema):
    """Describes views that declare their shapes; others as drf-spectacular does."""

    def get_operation_id(self) -> str:
        if self._declared("answers") is None:
            return super().get_operation_id()
        part = (self.get_tags() or ["root"])[0].replace("-", "_")
        subject = getattr(self.view, "subject", "")
        return f"{part}_{subject}_{self._action()}" if subject else f"{part}_{self._action()}"

    def get_override_parameters(self) -> list[Any]:
        queries = [_described(parameter) for parameter in self._declared("accepts") or ()]
        return [*queries, *([IF_MATCH] if self._declared("overtaken") else [])]

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
            **self._overtaken(),
            ("default", PROBLEM_JSON): REFUSED,
        }

    def _missing(self) -> Any:
        """Drafts have one address for good; what was published may have moved, or be withdrawn."""
        if "{" not in self.path:
            return {}
        return MISSING if getattr(self.view, "lookup_field", "") == "slug" else {NOWHERE: MISSING[NOWHERE]}

    def _overtaken(self) -> Any:
        """What is written on the ground of a revision finds that there is another, or names none."""
        shape = self._declared("overtaken")
        if shape is None:
            return {}
        told = OpenApiResponse(shape, "Somebody saved after that revision: what differs. Nothing is stored.")
        unnamed = OpenApiResponse(PROBLEM, "No revision is named that it was made from.")
        return {
            (409, PROBLEM_JSON): told,
            (412, PROBLEM_JSON): told,
            (428, PROBLEM_JSON): unnamed,
        }

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
