"""What the API of drafts takes and gives, as JSON Schema."""

from typing import Any

from articles import documents, kinds, notes, publishing, workflow, writing
from articles.api.shapes import (
    DAY,
    FLAG,
    MOMENT,
    PATH,
    TEXT,
    UUID,
    WHOLE,
    array,
    optional,
    page,
    record,
    shape,
)
from articles.checks.found import Level
from articles.models import Review, State
from articles.records import JSON

OPEN_REVIEWS = [state.value for state in Review.State if state != Review.State.ENDED]
NUMBER = WHOLE | {"minimum": 0, "description": "The number of a revision."}
PERSON = optional(TEXT) | {"description": "The name of a login."}
PLACE = TEXT | {"description": "Names and row ids, joined by slashes; empty: the article itself."}
SEEN = TEXT | {
    "description": "`standing` as it was when this was decided: where it has changed since, nothing is done."
}


def sent(**properties: Any) -> JSON:
    """A body of which each member may be left out."""
    return record(properties, optional=True)


def needed(*names: str, **properties: Any) -> JSON:
    return record(properties, optional=True) | {"required": [*names]}


def text(longest: int, description: str = "") -> JSON:
    return TEXT | {"maxLength": longest} | ({"description": description} if description else {})


def kind() -> JSON:
    return TEXT | {"enum": kinds.names()}


# --- What comes out ---------------------------------------------------------------------------------

REVIEW = shape(
    "DraftReview",
    lambda: record(
        {
            "state": TEXT | {"enum": OPEN_REVIEWS},
            "told": TEXT | {"description": "Where it stands, in a sentence."},
            "revision": NUMBER,
            "submitted_by": PERSON,
            "submitted_at": MOMENT,
            "note": TEXT,
            "assignee": optional(TEXT) | {"description": "Who is asked to decide; null: whoever may."},
            "due_on": optional(DAY),
            "decided_by": PERSON,
            "decided_at": optional(MOMENT),
            "decision_note": TEXT,
            "approved_revision": optional(NUMBER),
            "standing": TEXT | {"description": "What to send as `seen` with a decision on the review."},
        }
    ),
)
PERIOD = shape(
    "DraftPeriod",
    lambda: record(
        {
            "id": WHOLE,
            "revision": NUMBER,
            "starts_at": MOMENT,
            "until": optional(MOMENT) | {"description": "The end that was asked for."},
            "ends_at": optional(MOMENT) | {"description": "The end that holds."},
            "by": PERSON,
            "is_live": FLAG,
        }
    ),
)
HEAD: dict[str, Any] = {
    "id": UUID,
    "title": TEXT,
    "slug": TEXT,
    "language": TEXT,
    "state": TEXT | {"enum": [state.value for state in State]},
    "review": optional(TEXT | {"enum": OPEN_REVIEWS}),
    "revision": NUMBER | {"description": "The number of the newest revision."},
    "updated_at": MOMENT,
    "facts_due_on": optional(DAY) | {"description": "When its facts are to be checked again."},
    "url": PATH | {"description": "Where this API has it."},
    "desk": PATH | {"description": "Where the editors' desk has it."},
}
ITEM = shape("DraftItem", lambda: record({**HEAD, "kind": kind()}))
LIST = shape("DraftPage", lambda: page(ITEM))
STANDING = {
    "review": optional(REVIEW),
    "publications": array(PERIOD)
    | {"description": "What is live or scheduled, in the order in which it comes."},
    "standing": TEXT | {"description": "What to send as `seen` with a decision on what readers see."},
}
DECIDED = shape("DraftStanding", lambda: record({**HEAD, "kind": kind(), **STANDING}))
DOCUMENT = shape("DraftDocument", lambda: {"oneOf": [documents.schema(name) for name in kinds.names()]})
DRAFT = shape("Draft", lambda: record({**HEAD, "kind": kind(), **STANDING, "document": DOCUMENT}))
REVISION: dict[str, Any] = {
    "number": NUMBER,
    "author": PERSON,
    "created_at": MOMENT,
    "note": TEXT,
    "is_live": FLAG | {"description": "Whether readers see just that."},
}
REVISIONS = shape("RevisionPage", lambda: page(record(REVISION)))
WHOLE_REVISION = shape("Revision", lambda: record(REVISION | {"document": DOCUMENT}))
FINDING: dict[str, Any] = {
    "level": TEXT | {"enum": [level.value for level in Level]},
    "check": TEXT,
    "label": TEXT | {"description": "What the check is called."},
    "message": TEXT,
    "place": PLACE,
}
FINDINGS = shape(
    "Findings",
    lambda: record(
        {
            "revision": NUMBER,
            "findings": array(record(FINDING)),
            "late": array(record({"starts_at": MOMENT, **FINDING}))
            | {"description": "What will not hold any more when something scheduled goes live."},
        }
    ),
)
ANSWER: dict[str, Any] = {"id": UUID, "text": TEXT, "author": PERSON, "written_at": MOMENT}
NOTE = shape(
    "ReviewNote",
    lambda: record(
        {
            **ANSWER,
            "place": PLACE,
            "about": TEXT | {"description": "The place in words, as it was then."},
            "revision": NUMBER,
            "resolved_by": PERSON,
            "resolved_at": optional(MOMENT),
            "answers": array(record(ANSWER)),
        }
    ),
)
NOTES = shape("ReviewNotes", lambda: record({"notes": array(NOTE)}))

OVERTAKEN = shape(
    "Overtaken",
    lambda: {
        "description": "Problem details (RFC 9457), with what differs where somebody else saved.",
        "type": "object",
        "properties": {
            **dict.fromkeys(("type", "title", "detail"), TEXT),
            "status": WHOLE,
            "based_on": NUMBER,
            "revision": NUMBER | {"description": "The newest, to be named with what both come to."},
            "differences": array(
                {
                    "type": "object",
                    "properties": {
                        "place": PLACE,
                        "changed_by": array(TEXT | {"enum": ["mine", "theirs"]}),
                        "theirs": {"description": "What is stored; absent where the row is not there."},
                        "mine": {"description": "What was sent; absent where the row is not there."},
                    },
                    "required": ["place", "changed_by"],
                }
            ),
        },
        "required": ["type", "title", "status", "detail"],
    },
)

# --- What is taken in -------------------------------------------------------------------------------


def partial(schema: Any) -> Any:
    """A schema of a document of which any member may be left out, in its rows as well."""
    if isinstance(schema, dict):
        return {name: partial(part) for name, part in schema.items() if name != "required"}
    return [partial(each) for each in schema] if isinstance(schema, list) else schema


def parts() -> list[JSON]:
    return [partial(documents.schema(name)) for name in kinds.names()]


NEW_DOCUMENT = shape(
    "NewDocument",
    lambda: {
        "description": "What is left out is empty; rows get ids of their own.",
        "oneOf": [each | {"required": ["kind", "title", "slug"]} for each in parts()],
    },
)
CHANGED_DOCUMENT = shape(
    "ChangedDocument",
    lambda: {
        "description": "With PUT all members; with PATCH what is left out stays, in rows with ids as well.",
        "anyOf": parts(),
    },
)
CHANGE_NOTE = text(writing.LONGEST_NOTE, "For the history: what was changed, and why.")
BASED_ON = NUMBER | {"description": "The revision that it was made from, unless If-Match says so."}
CREATE = shape("NewDraft", lambda: needed("document", document=NEW_DOCUMENT, note=CHANGE_NOTE))
CHANGE = shape(
    "ChangedDraft", lambda: needed("document", document=CHANGED_DOCUMENT, revision=BASED_ON, note=CHANGE_NOTE)
)
OVERRIDE = text(
    publishing.LONGEST_OVERRIDE,
    "Why it is to be published although something speaks against it; needs a right.",
)
TOGETHER = FLAG | {"description": "With the articles that it needs, or that need it."}
REVISION_OR_DRAFT = NUMBER | {"description": "Which revision; without it, what was saved last."}
REVIEW_NOTE = text(workflow.LONGEST_NOTE)

PUBLISH = shape(
    "Publish",
    lambda: sent(
        revision=REVISION_OR_DRAFT, until=optional(MOMENT), together=TOGETHER, override=OVERRIDE, seen=SEEN
    ),
)
SCHEDULE = shape(
    "Schedule",
    lambda: needed(
        "at",
        at=MOMENT,
        revision=REVISION_OR_DRAFT,
        until=optional(MOMENT),
        together=TOGETHER,
        override=OVERRIDE,
        seen=SEEN,
    ),
)
WITHDRAW = shape("Withdraw", lambda: sent(at=optional(MOMENT), together=TOGETHER, seen=SEEN))
CANCEL = shape("Cancel", lambda: needed("publication", publication=WHOLE, seen=SEEN))
RESTORE = shape(
    "Restore",
    lambda: needed("revision", revision=NUMBER, place=PLACE | {"description": "Only this part of it."}),
)
CHECKED = shape("Checked", lambda: sent(on=DAY | {"description": "Without it, today."}, note=text(500)))
NOTHING = shape("Nothing", lambda: sent())
ASKED = {"assignee": PERSON, "due_on": optional(DAY), "seen": SEEN}
SUBMIT = shape("Submit", lambda: sent(**ASKED, note=REVIEW_NOTE))
ASSIGN = shape("Assign", lambda: needed("assignee", **ASKED))
REQUEST_CHANGES = shape(
    "RequestChanges", lambda: sent(revision=REVISION_OR_DRAFT, note=REVIEW_NOTE, seen=SEEN)
)
APPROVE = shape("Approve", lambda: needed("revision", revision=NUMBER, note=REVIEW_NOTE, seen=SEEN))
RECALL = shape("Recall", lambda: sent(note=REVIEW_NOTE, seen=SEEN))
ADD_NOTE = shape("AddNote", lambda: needed("text", text=text(notes.LONGEST), place=PLACE))
ADD_ANSWER = shape("AddAnswer", lambda: needed("text", text=text(notes.LONGEST)))
RESOLVE = shape("Resolve", lambda: sent(again=FLAG | {"description": "It is not done after all."}))
