"""A program that speaks for somebody: a client with a token."""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from careersite import tokens
from tests.makers import make_user

DRAFTS = "/api/v1/drafts/"


class Program:
    def __init__(self, name: str, *, group: str | None = None, user: User | None = None) -> None:
        self.user = user or make_user(name, group=group)
        self.token = tokens.issue(self.user, name="A test", lasts=None)[1]
        self.client = Client(headers={"Authorization": f"Bearer {self.token}"})

    def get(self, about: Any = "", action: str = "", query: Any = None, **headers: str) -> Any:
        return self.client.get(address(about, action), query, headers=headers)

    def send(self, method: str, about: Any = "", action: str = "", body: Any = None, **headers: str) -> Any:
        """`body` is sent as JSON; a text as it is."""
        text = body if isinstance(body, str | bytes) else json.dumps({} if body is None else body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, address(about, action), text, "application/json", headers=named)

    def post(self, about: Any = "", action: str = "", body: Any = None, **headers: str) -> Any:
        return self.send("POST", about, action, body, **headers)

    def put(self, about: Any, body: Any = None, **headers: str) -> Any:
        return self.send("PUT", about, "", body, **headers)

    def patch(self, about: Any, body: Any = None, **headers: str) -> Any:
        return self.send("PATCH", about, "", body, **headers)


def address(about: Any = "", action: str = "") -> str:
    pk = about.pk if isinstance(about, Article) else about
    parts = "".join(f"{part}/" for part in (pk if isinstance(pk, UUID) else str(pk), action) if part)
    return f"{DRAFTS}{parts}"
