from .article import Article


class Due(Article):
    """An article whose facts are to be checked again (see `freshness.due`): a list of its own on the desk."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "article due for review"
        verbose_name_plural = "articles due for review"
