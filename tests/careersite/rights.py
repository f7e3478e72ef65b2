"""Who may do what on the editors' desk: a row for each request to an address of the admin.

A row says what those get who may; the others get 403, and who isn't logged in is led to the login.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import get_resolver

from articles.models import (
    PreviewLink,
)

ROLES = ("anonymous", "Author", "Editor", "Moderator", "Reviewer")
STATES = ("draft", "scheduled", "live", "changed", "withdrawn", "trashed")
ALL, READERS, WRITERS, REVIEWERS, EDITORS, MODERATORS, NOBODY = "AEMR", "AER", "AE", "ER", "E", "EM", ""
DONE, REFUSED, NOT_THERE, NOT_SO, GONE, BAD = 302, 403, 404, 405, 410, 400
Sent = Mapping[str, Any] | Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One request: who may make it, what they get, and where that hangs on the article's state."""

    may: str
    gets: int = 200
    sent: Sent | None = None  # makes it a POST; a function is given the object
    in_state: Mapping[str, int] = field(default_factory=dict)
    anonymous: int | None = None  # else led to the login, or shown it with what was sent in hand
    query: str = ""

    def expected(self, role: str, state: str) -> int:
        if role == "anonymous":
            return self.anonymous or (302 if self.sent is None else 200)
        return self.in_state.get(state, self.gets) if role[0] in self.may else REFUSED


# --- The table ---------------------------------------------------------------------------------------


def newest(article):
    return {"revision": article.revisions.first().pk}


def last_period(article):
    last = article.publications.order_by("starts_at").last()
    return {"publication": last.pk if last else 0}


def own_link(article):
    return {"link": PreviewLink.objects.get(revision__article=article).pk}


NOT_IN_TRASH = {"trashed": REFUSED}
SHOWN = {"live": REFUSED, "changed": REFUSED, "scheduled": REFUSED}

# By the last part of the route's name, for articles of every kind.
ARTICLES = {
    "changelist": [Row(ALL), Row(ALL, query="?state=trashed")],
    "add": [Row(WRITERS), Row(WRITERS, sent={})],
    "change": [
        Row(ALL),
        Row(WRITERS, sent={}),
        Row(WRITERS, sent={"_preview": "1"}),
        Row(WRITERS, sent={"_preview": "panel"}, gets=422),
        Row(WRITERS, sent={"_preview": "checks"}),
        Row(EDITORS, sent={"_publish": "1"}),
    ],
    "history": [Row(ALL)],
    "compare": [Row(ALL), Row(ALL, query="?from=1&to=2")],
    "preview": [Row(ALL), Row(ALL, gets=NOT_SO, sent={})],
    "checks": [Row(ALL), Row(ALL, gets=NOT_SO, sent={})],
    "publish": [Row(EDITORS), Row(EDITORS, gets=DONE, sent={"seen": ""}, in_state={"trashed": 200})],
    "schedule": [
        Row(EDITORS),
        Row(EDITORS, gets=DONE, sent={"at": "2199-01-01T09:00"}, in_state={"trashed": 200}),
    ],
    "withdraw": [Row(EDITORS), Row(EDITORS, gets=DONE, sent={"at": ""})],
    "cancel": [
        Row(ALL, gets=NOT_SO),
        Row(EDITORS, gets=DONE, sent=last_period, in_state={"draft": NOT_THERE, "trashed": NOT_THERE}),
    ],
    "restore": [Row(WRITERS, gets=DONE, sent=newest, in_state=NOT_IN_TRASH)],
    "restorepart": [Row(WRITERS, gets=NOT_THERE, sent={}, in_state=NOT_IN_TRASH)],
    "conflict": [Row(WRITERS, gets=BAD, sent={}, in_state=NOT_IN_TRASH)],
    "share": [Row(WRITERS, in_state=NOT_IN_TRASH), Row(WRITERS, sent={}, in_state=NOT_IN_TRASH)],
    "revoke": [Row(EDITORS, gets=DONE, sent=own_link, in_state=NOT_IN_TRASH)],
    "copy": [Row(WRITERS, gets=DONE, sent={})],
    "delete": [Row(EDITORS)],
    "putback": [Row(EDITORS, gets=DONE, sent={})],
    "autosave": [Row(WRITERS, gets=BAD, sent={})],
    "unsaved": [Row(WRITERS, gets=DONE, sent={})],
    "discard": [Row(WRITERS, gets=DONE, sent={})],
    "switch": [Row(WRITERS, gets=DONE, sent={})],
    "submit": [
        Row(WRITERS, in_state=NOT_IN_TRASH),
        Row(WRITERS, gets=DONE, sent={"note": ""}, in_state=NOT_IN_TRASH | {"live": 200}),
    ],
    "assign": [Row(READERS, in_state=NOT_IN_TRASH), Row(READERS, sent={"seen": ""}, in_state=NOT_IN_TRASH)],
    "review": [Row(ALL)],
    "approve": [Row(ALL, gets=NOT_SO), Row(REVIEWERS, sent=newest, in_state=NOT_IN_TRASH)],
    "requestchanges": [
        Row(REVIEWERS, in_state=NOT_IN_TRASH),
        Row(REVIEWERS, sent={"note": "Why?"}, in_state=NOT_IN_TRASH),
    ],
    "checked": [
        Row(WRITERS, in_state=NOT_IN_TRASH),
        Row(WRITERS, gets=DONE, sent={"on": "2026-01-01"}, in_state=NOT_IN_TRASH),
        Row(WRITERS, sent={"on": "soon"}, in_state=NOT_IN_TRASH),
    ],
    "recall": [Row(WRITERS, gets=DONE, sent={"seen": ""}, in_state=NOT_IN_TRASH)],
    "note": [Row(READERS, gets=DONE, sent={"text": "Why?"}, in_state=NOT_IN_TRASH)],
    "answer": [Row(READERS, gets=DONE, sent={"text": "So."}, in_state=NOT_IN_TRASH)],
    "resolve": [Row(READERS, gets=DONE, sent={"again": ""}, in_state=NOT_IN_TRASH)],
}
COMPARISONS = {
    "fairness": [Row(ALL)],
    "counts": [Row(ALL)],
    "counted": [Row(ALL)],
    "everywhere": [Row(WRITERS, in_state=NOT_IN_TRASH)],
}


def shared(view, add, change, delete):
    """Lists and forms of a model that knows no states, by who may view, add, change and delete."""
    return {
        "changelist": [Row(view)],
        "add": [Row(add), Row(add, sent={})],
        "change": [Row(view), Row(change, sent={})],
        "history": [Row(view)],
        "delete": [Row(delete)],
    }


MODELS = {
    "articles_author": shared(READERS, EDITORS, EDITORS, EDITORS),
    "articles_tag": shared(READERS, WRITERS, EDITORS, EDITORS),
    "articles_image": shared(READERS, WRITERS, EDITORS, EDITORS) | {"chosen": [Row(READERS)]},
    "articles_comment": shared(MODERATORS, NOBODY, MODERATORS, MODERATORS)
    | {
        "data": [Row(MODERATORS), Row(MODERATORS, gets=422, sent={"email": "x"})],
        "ban": [Row(MODERATORS), Row(MODERATORS, gets=422, sent={"reason": ""})],
        "about": [Row(MODERATORS), Row(MODERATORS, gets=DONE, sent={"place": "", "_": ""})],
        "task": [Row(MODERATORS), Row(MODERATORS, gets=DONE, sent={"place": "", "text": "Look."})],
        "correct": [Row(EDITORS), Row(EDITORS, gets=422, sent={"was": "6"})],
    },
    "articles_ban": shared(MODERATORS, MODERATORS, NOBODY, MODERATORS),
    "articles_disallowedword": shared(MODERATORS, MODERATORS, MODERATORS, MODERATORS),
    "articles_revision": shared(READERS, NOBODY, NOBODY, NOBODY),
    "articles_publication": shared(READERS, NOBODY, NOBODY, NOBODY),
    "articles_finding": shared(READERS, NOBODY, NOBODY, NOBODY) | {"export": [Row(READERS)]},
    "articles_previewlink": shared(READERS, NOBODY, NOBODY, NOBODY),
    "articles_bulkjob": shared(READERS, NOBODY, NOBODY, NOBODY)
    | {
        "change": [Row(EDITORS), Row(NOBODY, sent={})],
        "history": [Row(EDITORS)],
        "progress": [Row(EDITORS), Row(ALL, gets=NOT_SO, sent={})],
        "outcomes": [Row(EDITORS)],
        "stop": [Row(ALL, gets=NOT_SO), Row(EDITORS, gets=DONE, sent={})],
        "goon": [Row(EDITORS, gets=DONE, sent={})],
        "again": [Row(EDITORS, gets=DONE, sent={})],
    },
    "articles_event": shared(EDITORS, NOBODY, NOBODY, NOBODY) | {"export": [Row(EDITORS)]},
    "articles_externallink": shared(WRITERS, NOBODY, NOBODY, NOBODY)
    | {
        "export": [Row(WRITERS)],
        "check": [Row(ALL, gets=NOT_SO), Row(EDITORS, gets=DONE, sent={})],
        "replace": [Row(WRITERS), Row(WRITERS, gets=422, sent={"new": ""})],
    },
    "articles_linkreplacement": shared(WRITERS, NOBODY, NOBODY, NOBODY)
    | {"goon": [Row(NOBODY, sent={})]},  # for whoever asked for it
    "comparisons_criterion": shared(READERS, EDITORS, EDITORS, EDITORS),
    "comparisons_question": shared(READERS, EDITORS, EDITORS, EDITORS),
    "articles_due": {"changelist": [Row(WRITERS)]},
    "articles_reviewinterval": shared(EDITORS, NOBODY, EDITORS, NOBODY)
    | {"change": [Row(EDITORS), Row(EDITORS, sent={"days": "x"})]},
    "auth_user": shared(NOBODY, NOBODY, NOBODY, NOBODY)
    | {name: [Row(NOBODY, sent={})] for name in ("password_change", "invite", "revoke")},
    "auth_group": shared(NOBODY, NOBODY, NOBODY, NOBODY),
}
# The other kinds share the views; a few of them show that the rights are each kind's own.
OTHER_KINDS = {name: ARTICLES[name] for name in ("changelist", "add", "change", "publish", "restore", "copy")}
BANKS = {
    "changelist": [Row(READERS)],
    "add": [Row(EDITORS)],
    "change": [Row(READERS), Row(EDITORS, sent={})],
    "history": [Row(READERS)],
    "review": [Row(READERS)],
    "preview": [Row(READERS, gets=NOT_THERE)],
    "checks": [Row(READERS)],
    "publish": [Row(EDITORS)],
    "restore": [Row(EDITORS, gets=DONE, sent=newest)],
    "copy": [Row(NOBODY, sent={})],
    "delete": [Row(EDITORS)],
}
KINDS = ("articles_article", "comparisons_careerpath", "comparisons_comparison")
BANK = "comparisons_questionbank"


NEW_PASSWORD = dict.fromkeys(("new_password1", "new_password2"), "wholly-unguessable-93")


def everybody(gets, **more):
    return Row(ALL, gets, anonymous=gets, **more)


DESK = {
    "index": [Row(ALL)],
    "login": [Row(ALL, gets=DONE, anonymous=200)],
    "login_again": [everybody(200)],
    "login_holding": [everybody(NOT_SO)],
    "session": [Row(ALL, anonymous=401)],
    "logout": [Row(ALL, gets=NOT_SO)],
    "password_change": [Row(ALL)],
    "password_change_done": [Row(ALL)],
    "password_reset": [everybody(200), everybody(200, sent={})],
    "password_reset_done": [everybody(200)],
    "password_reset_confirm": [everybody(200)],
    "password_reset_complete": [everybody(200)],
    "invitation": [everybody(DONE)],
    "accept_invitation": [everybody(GONE), everybody(GONE, sent=NEW_PASSWORD)],
    "roles": [Row(ALL)],
    "calendar": [Row(READERS)],
    "desk_list": [Row(WRITERS)],
    "jsi18n": [Row(ALL)],
    "app_list": [Row(ALL)],
    "view_on_site": [Row(ALL, gets=NOT_THERE)],
    "link_targets": [Row(ALL)],
    "style": [Row(ALL)],
    "as_of_choose": [Row(READERS)],
    "as_of": [Row(READERS)],
    "claims": [Row(WRITERS), Row(WRITERS, query="?where=published")],
    "tasks": [Row(ALL)],
    "tokens": [Row(ALL), Row(ALL, sent={"name": ""})],
    "token_revoke": [Row(ALL, gets=NOT_SO), Row(ALL, gets=NOT_THERE, sent={})],
    "task_done": [Row(ALL, gets=NOT_SO), Row(ALL, gets=NOT_THERE, sent={})],
    "autocomplete": [
        Row(READERS, query="?app_label=articles&model_name=article&field_name=tags"),
        Row(READERS, query="?app_label=articles&model_name=byline&field_name=author"),
        Row(ALL, query="?app_label=comparisons&model_name=contender&field_name=path"),
        Row(READERS, query="?app_label=comparisons&model_name=rating&field_name=question"),
        Row(NOBODY, query="?app_label=auth&model_name=user&field_name=groups"),
    ],
}
PLACES = {
    "app_label": "articles",
    "content_type_id": "1",
    "object_id": "1",
    "moment": "2026-11-23T09:00Z",
    "uidb64": "MQ",
    "token": "made-up",
    "name": "drafts",
    "address": "careers/",
}


def rows_of(name):
    """The rows of a route, by its name; none where it is missing in the table."""
    if name in DESK:
        return DESK[name]
    model, _, action = name.rpartition("_")
    if name == "auth_user_password_change":
        return MODELS["auth_user"]["password_change"]
    if model in (*KINDS, BANK):
        own = COMPARISONS if model == "comparisons_comparison" else {}
        return (ARTICLES | own).get(action, [])
    return MODELS.get(model, {}).get(action, [])


def routes():
    """The admin's routes by name; the two without one only lead on, to `change` and to the login."""
    admin = next(each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "admin")
    listed = (getattr(each, "url_patterns", None) or [each] for each in admin.url_patterns)
    return {pattern.name: pattern for patterns in listed for pattern in patterns if pattern.name}
