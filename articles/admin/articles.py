from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.publishing import PublishingAdmin
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(PublishingAdmin):
    kind_name = "article"

    def get_queryset(self, request: HttpRequest) -> Any:
        """What a form of any kind may name as its original is looked for among the articles of all kinds."""
        if request.GET.get("field_name") == "translates":
            return Article.objects.not_trashed()
        return super().get_queryset(request)
