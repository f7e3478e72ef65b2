"""What a newsroom leaves behind and has under way: the trail, reviews, and what people are asked to do."""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, Event, Review, Task
from bench.archive import Life

PEOPLE = ("ann", "bob", "cleo", "dora", "bench")
IN_REVIEW = 0.02  # of what is a draft or changed
ASKED_FOR = 0.05


def rows(article: Article, life: Life) -> list[Any]:
    """Of one article, whose revisions are stored."""
    chance = random.Random(article.pk.int)
    found: list[Any] = [_event(article, Event.Action.PUBLISHED, each, chance) for each in life.periods]
    found += [_event(article, Event.Action.SUBMITTED, each, chance) for each in life.periods]
    if len(life.periods) < len(life.revisions) and chance.random() < IN_REVIEW:
        newest = life.revisions[-1]
        found.append(Review(article_id=article.pk, revision_id=newest.pk, submitted_at=newest.created_at))
        found.append(_task(article, Task.Reason.REVIEW, chance))
    if chance.random() < ASKED_FOR:
        found.append(_task(article, Task.Reason.FACT_CHANGED, chance))
    return found


def _event(article: Article, action: Event.Action, period: Any, chance: random.Random) -> Event:
    return Event(
        at=period.starts_at,
        action=action,
        article=article.pk,
        kind=article.kind,
        title=article.title,
        revision=1,
        who=chance.choice(PEOPLE),
        channel=Event.Channel.DESK,
    )


def _task(article: Article, reason: Task.Reason, chance: random.Random) -> Task:
    now = timezone.now()
    due = (now + timedelta(days=chance.randint(-60, 60))).date() if chance.random() < 0.7 else None
    return Task(article_id=article.pk, reason=reason, due_on=due, created_at=now)
