"""What people do on the editors' desk, and which permissions each takes. Pure.

A deed has parts where somebody may do it to some things and not to others. What is said of a group is read
off the permissions that it holds, so it is true as well after somebody has changed the group.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Rights = frozenset[str]  # permissions as `app.action_model`

ALL, KEEPING = ("view", "add", "change", "delete"), ("change", "delete")
KINDS = {"articles": "articles.article", "career paths": "comparisons.careerpath"} | {
    "comparisons": "comparisons.comparison"
}
BANK = ("questionbank", "criterion", "question")
PARTS = {
    "sections, bylines, sources, calls to action and corrections": (
        "articles",
        ("section", "byline", "source", "calltoaction", "correction"),
    ),
    "points, platforms, facts and ratings": ("comparisons", ("point", "platform", "fact", "rating")),
    "contenders, differences, questions and reader examples": (
        "comparisons",
        ("contender", "difference", "formquestion", "readerexample"),
    ),
}
SHARED = {name: f"articles.{name[:-1]}" for name in ("authors", "tags", "images")}
# Replies come from readers: to add one opens nothing on the desk.
MOOT = frozenset({"articles.add_comment"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that one does, in words that follow “can”; each part with the permissions that it takes."""

    words: str
    parts: Mapping[str, Rights]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody may do it: in all parts, in some, in none."""

    words: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.has) and not self.lacks

    @property
    def is_partial(self) -> bool:
        return bool(self.has and self.lacks)


def _of(app: str, models: Collection[str], actions: Collection[str] = ALL) -> Rights:
    return frozenset(f"{app}.{action}_{model}" for model in models for action in actions)


def _to(model: str, *actions: str) -> Rights:
    app, _, name = model.partition(".")
    return _of(app, [name], actions)


def _by_kind(*actions: str, more: Collection[str] = ()) -> dict[str, Rights]:
    return {name: _to(model, *actions) | frozenset(more) for name, model in KINDS.items()}


PUBLISH, OVERRIDE = "articles.publish_article", "articles.override_gate"
FORM = frozenset().union(*(_of(app, models, ["view"]) for app, models in PARTS.values()))

DEEDS = (
    Deed(
        "read drafts, their history and previews",
        _by_kind("view") | {"the question bank": _of("comparisons", BANK, ["view"]), "their forms": FORM},
    ),
    Deed("begin drafts, change, copy and share them", _by_kind("add", "change")),
    Deed(
        "fill in what drafts consist of",
        {name: _of(app, models) for name, (app, models) in PARTS.items()},
    ),
    Deed(
        "approve what was submitted, or request changes",
        _by_kind("view", more=["articles.review_article"])
        | {"the question bank": _to("comparisons.questionbank", "view") | {"articles.review_article"}},
    ),
    Deed(
        "publish, schedule and withdraw",
        _by_kind("change", more=[PUBLISH])
        | {"the question bank": _to("comparisons.questionbank", "change") | {PUBLISH}},
    ),
    Deed("publish although something speaks against it, with a reason", {"": frozenset({PUBLISH, OVERRIDE})}),
    Deed(
        "see what was, is and will be live",
        {
            "publications, the calendar and the site at another moment": _to("articles.publication", "view"),
            "all revisions and preview links": _to("articles.revision", "view"),
        },
    ),
    Deed("see what the checks find in all drafts", {"": _to("articles.finding", "view")}),
    Deed(
        "look after links to other sites",
        {
            "what came of them": _to("articles.externallink", "view")
            | _to("articles.linkreplacement", "view"),
            "checking them now": _to("articles.externallink", "view", "check"),
        },
    ),
    Deed(
        "see and stop what others do to many articles at once",
        {"": _to("articles.bulkjob", "view", "change")},
    ),
    Deed("see who decided what about which article, and when", {"": _to("articles.event", "view")}),
    Deed("move what others wrote to the trash, and put it back", _by_kind("delete")),
    Deed("say how long facts count as checked", {"": _to("articles.reviewinterval", "view", "change")}),
    Deed("change the question bank that all comparisons share", {"": _of("comparisons", BANK)}),
    Deed("look at what articles share", {name: _to(model, "view") for name, model in SHARED.items()}),
    Deed("add what articles share", {name: _to(model, "add") for name, model in SHARED.items()}),
    Deed(
        "change and delete what articles share",
        {name: _to(model, *KEEPING) for name, model in SHARED.items()},
    ),
    Deed("decide about readers' replies", {"": _to("articles.comment", "view", *KEEPING)}),
    Deed(
        "say who may not reply, and which words replies do without",
        {
            "bans": _to("articles.ban", "view", "add", "delete"),
            "disallowed words": _to("articles.disallowedword", *ALL),
        },
    ),
    Deed(
        "see who may log in, and what groups hold",
        {"logins": _to("auth.user", "view"), "groups": _to("auth.group", "view")},
    ),
    Deed("invite people", {"": _to("auth.user", "add")}),
    Deed(
        "change and delete logins and groups that hold no more than they",
        {"logins": _to("auth.user", *KEEPING), "groups": _to("auth.group", "add", *KEEPING)},
    ),
)


def standings(held: Collection[str], deeds: Collection[Deed] = DEEDS) -> list[Standing]:
    """Each deed, and in which of its parts somebody who holds these permissions may do it."""
    rights = with_implied(held)
    return [
        Standing(
            deed.words,
            tuple(name for name, needed in deed.parts.items() if needed <= rights),
            tuple(name for name, needed in deed.parts.items() if not needed <= rights),
        )
        for deed in deeds
    ]


def beyond(held: Collection[str], deeds: Collection[Deed] = DEEDS) -> set[str]:
    """What they hold that no deed accounts for, such as a right that does nothing without another."""
    rights = with_implied(held)
    wholly = (needed for deed in deeds for needed in deed.parts.values() if needed <= rights)
    return set(held) - MOOT - frozenset().union(*wholly)


def with_implied(held: Collection[str]) -> Rights:
    """Who may change something may look at it."""
    changing = ("." + "change_", "." + "view_")
    return frozenset(held) | {right.replace(*changing) for right in held if changing[0] in right}
