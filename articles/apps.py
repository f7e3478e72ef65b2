from datetime import timedelta

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import duties, jobs, kinds

        kinds.register(kinds.ArticleKind())
        duties.register("forget jobs that ended", every=timedelta(days=1), run=jobs.forget)
