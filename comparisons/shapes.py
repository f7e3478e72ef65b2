"""What the API takes and gives around a decision form, as JSON Schema."""

from typing import Any

from articles.api.shapes import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    PATH,
    TEXT,
    WHOLE,
    array,
    optional,
    record,
    shape,
)
from articles.api.shapes import UUID as ID
from articles.records import JSON
from comparisons.answers import DEFAULT_IMPORTANCE, MAX_IMPORTANCE, POSITIONS

OPTION = {"type": "integer", "minimum": 0, "maximum": len(POSITIONS) - 1}
IMPORTANCE = {"type": "integer", "minimum": 0, "maximum": MAX_IMPORTANCE}
POINTS = array(NUMBER)
EXPIRED = {
    "type": "object",
    "additionalProperties": DAY,
    "description": "By the path's id, the last day of a source of its rating: its uncertainty counts double.",
}
FITS = {"type": "object", "additionalProperties": NUMBER, "description": "Points (0–100) by the path's id."}

FORM = shape(
    "DecisionForm",
    lambda: record(
        {
            "questions": array(
                record(
                    {
                        "id": ID,
                        "criterion": ID,
                        "prompt": TEXT,
                        "help": TEXT,
                        "shape": TEXT | {"enum": ["near", "at_least", "at_most"]},
                        "options": array(TEXT) | {"minItems": len(POSITIONS), "maxItems": len(POSITIONS)},
                        "reversed": FLAG | {"description": "Show the last option first."},
                    }
                )
            ),
            "criteria": array(record({"id": ID, "name": TEXT, "swing": TEXT})),
            "paths": array(record({"id": ID, "name": TEXT, "slug": TEXT, "url": PATH})),
            "positions": array(WHOLE) | {"description": "Where the options stand on a question's scale."},
            "importances": array(TEXT) | {"description": "The words for importances, from 0 on."},
            "default_importance": WHOLE,
        }
    ),
)
ANSWERS = shape(
    "DecisionAnswers",
    lambda: record(
        {
            "answers": {
                "type": "object",
                "additionalProperties": optional(OPTION),
                "description": "By question id, the index of an option. Null or absent: skipped.",
            },
            "importances": {
                "type": "object",
                "additionalProperties": IMPORTANCE,
                "description": f"By criterion id. Absent: {DEFAULT_IMPORTANCE}.",
            },
        },
        optional=True,
    ),
)


LED = {"verdict": TEXT, "leader": ID, "runner_up": ID, "margin": NUMBER}
FEWEST = optional(record({"answers": optional(WHOLE), "exact": FLAG})) | {
    "description": "How many of the given answers would have to change; null answers: not even all would do."
}
CHANGES = record(
    {
        "answers": array(record({"question": ID, "was": optional(OPTION), "option": OPTION, **LED})),
        "importances": array(record({"criterion": ID, "was": IMPORTANCE, "importance": IMPORTANCE, **LED})),
        "fewest_to_tie": FEWEST,
        "fewest_to_lean": FEWEST,
    }
)
SHARES = {"type": "object", "additionalProperties": NUMBER, "description": "Shares of 1 by the path's id."}
WEIGHTINGS = record(
    {
        "leads": SHARES,
        "shared": NUMBER,
        "draws": optional(WHOLE) | {"description": "Null: the shares are exact."},
        "seed": optional(WHOLE),
        "errors": optional(SHARES),
    }
) | {"description": "In which share of all weightings each path leads."}


def _result(**more: Any) -> JSON:
    """What `presenting.payload` gives; scores and contributions are points, weights shares of 1."""
    question = {
        "id": ID,
        "position": optional(WHOLE),
        "weight": NUMBER,
        "contribution": NUMBER,
        "fits": FITS,
        "expired": EXPIRED,
    }
    criterion = {
        "id": ID,
        "name": TEXT,
        "importance": IMPORTANCE,
        "weight": NUMBER,
        "contribution": NUMBER,
        "fits": FITS,
        "questions": array(record(question)),
    }
    properties = {
        "verdict": TEXT,
        "sentence": TEXT,
        "leader": optional(ID),
        "runner_up": optional(ID),
        "scores": array(record({"path": ID, "name": TEXT, "score": NUMBER, "exact": TEXT})),
        "margin": optional(NUMBER),
        "margin_exact": optional(TEXT),
        "band": optional(NUMBER),
        "answered": WHOLE,
        "total": WHOLE,
        "missing": array(TEXT),
        "criteria": array(record(criterion)),
        "strongest_against": optional(record({"criterion": optional(ID), "question": ID})),
        "changes": CHANGES,
        "weightings": optional(WEIGHTINGS),
        "code": TEXT,
        "link": PATH,
        "moment": MOMENT,
    }
    return record(properties | more) | {"additionalProperties": True}


RESULT = shape("DecisionResult", _result)
REOPENED = shape("DecisionResultReopened", lambda: _result(newer=FLAG))
PATHS = array(record({"id": ID, "slug": TEXT, "title": TEXT}))


FINDING = record(
    {
        "check": TEXT,
        "level": TEXT | {"enum": ["stops", "warns", "passes"]},
        "message": TEXT,
        "question": optional(ID),
        "path": optional(ID),
        "figures": {"type": "object", "additionalProperties": NUMBER},
    }
)
FAIRNESS = shape(
    "FairnessReport",
    lambda: record(
        {
            "findings": array(FINDING),
            "leaning": SHARES,
            "too_close": NUMBER,
            "margins": array(
                record(
                    {
                        "first": ID,
                        "second": ID,
                        "mean": NUMBER,
                        "bins": array(record({"centre": WHOLE, "share": NUMBER})),
                    }
                )
            ),
            "middle": record({"verdict": TEXT, "leader": optional(ID), "margin": optional(NUMBER)}),
            "draws": optional(WHOLE) | {"description": "Null: all answer sets were counted."},
            "seed": optional(WHOLE),
        }
    ),
)
