from datetime import timedelta

from django.apps import AppConfig
from django.core import checks


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import duties, jobs, kinds, late
        from articles.bulk import running
        from articles.comments import keeping
        from articles.external_links import checking
        from articles.search import letters
        from articles.social_cards import keeping as cards

        kinds.register(kinds.ArticleKind())
        checks.register(letters.check, checks.Tags.database)
        duties.register("look at what is scheduled", every=timedelta(hours=1), run=late.warn)
        duties.register("forget jobs that ended", every=timedelta(days=1), run=jobs.forget)
        duties.register("forget what was done to many", every=timedelta(days=1), run=running.forget)
        # Not at once: who only has a look at the site asks no other.
        duties.register("check links", every=timedelta(days=1), run=checking.begin, at_once=False)
        duties.register("tell of replies", every=timedelta(minutes=5), run=keeping.tell_moderators)
        duties.register("forget senders", every=keeping.EVERY, run=keeping.forget_senders)
        duties.register("forget old cards", every=timedelta(days=1), run=cards.forget_old)
