from django.contrib import admin

from articles.admin.publishing import PublishingAdmin
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(PublishingAdmin):
    kind_name = "article"
