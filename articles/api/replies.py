"""Replies to articles: reading the approved ones, sending one in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException, PermissionDenied, Throttled, ValidationError
from rest_framework.request import Request

from articles import reading
from articles.api import bodies, shapes
from articles.api.items import instant
from articles.api.pagination import PAGING, paginate
from articles.api.parameters import ordering, parameter, slug
from articles.api.public import PublicViewSet
from articles.api.responses import JSON_TYPE, dump
from articles.api.views import listed
from articles.comments import arriving, own_links, senders, thread
from articles.forms import ReplyForm
from articles.models import Comment, CommentQuerySet, Publication, PublicationQuerySet
from articles.records import JSON

ORDERS = {"created": "created_at"}
NEWEST_FIRST = "-created"
KEYS = ("article", "parent", "name", "email", "text")
RECEIVED = "Thank you. Your reply appears once it has been approved."


class CommentViewSet(PublicViewSet):
    """Replies to what is live."""

    accepts = {
        "list": (
            *PAGING,
            ordering(ORDERS, NEWEST_FIRST),
            parameter("article", "Only replies to the article with this id.", format="uuid"),
            parameter("kind", "Only replies to articles of this kind.", enum=shapes.listed_kinds()),
            slug("slug", "Only replies to articles with this slug; most useful with `kind`."),
        )
    }
    takes = {"create": shapes.REPLY}
    answers = {"list": shapes.COMMENT_PAGE, "create": shapes.RECEIVED}
    statuses = {"create": 202}

    def get_queryset(self) -> CommentQuerySet:
        """Everybody sees the approved replies to articles that are live at the moment of the request."""
        return Comment.objects.approved().filter(article__in=self.articles().values("article"))

    def articles(self) -> PublicationQuerySet:
        return reading.live(self.moment).listed()

    def list(self, request: Request) -> HttpResponse:
        """A page of approved replies, newest first unless ordered otherwise."""
        page = paginate(request, self.filtered, ORDERS, NEWEST_FIRST)
        return listed(request, page, [dump(_item(comment)) for comment in page.rows])

    def create(self, request: Request) -> HttpResponse:
        """Send a reply in. It is shown once it has been approved."""
        data = bodies.read(request, KEYS)
        publication = self._publication(data)
        if not arriving.are_open(publication, timezone.now()):
            raise PermissionDenied("Replies are closed.")
        article = publication.article_id
        parent = self._parent(data, article)
        form = ReplyForm({name: bodies.text(data, name) for name in ("name", "email", "text")})
        if not form.is_valid():
            raise ValidationError(
                {name: [" ".join(map(str, messages))] for name, messages in form.errors.items()}
            )
        origin: Any = request  # what Django's own request knows
        sender, network = senders.sender(origin), senders.network(origin)
        try:
            reply = arriving.take_in(form.reply(), article, parent, sender, network=network)
        except arriving.Refused as refused:
            raise _refusal(refused) from refused
        found = {"message": RECEIVED, "own": own_links.OWN.address(reply.pk)}
        return HttpResponse(dump(found), JSON_TYPE, status=202)

    def filtered(self) -> CommentQuerySet:
        found, given = self.get_queryset(), self.request.query_params
        named = {name: given[name] for name in ("kind", "slug") if name in given}
        if named:
            found = found.filter(article__in=self.articles().filter(**named).values("article"))
        return found.filter(article=_identifier("article", given["article"])) if "article" in given else found

    def _publication(self, data: JSON) -> Publication:
        pk = _identifier("article", data.get("article"))
        found = self.articles().filter(article=pk).first()
        if found is None:
            raise ValidationError({"article": ["There is no article with this id to reply to."]})
        return found

    def _parent(self, data: JSON, article: UUID) -> Comment | None:
        if data.get("parent") is None:
            return None
        found = thread.answerable(article).filter(pk=_identifier("parent", data["parent"])).first()
        if found is None:
            raise ValidationError({"parent": ["There is no such reply to answer."]})
        return found


class _Throttled(Throttled):
    """Given its seconds at once, the framework's own would say them in the words as well."""

    def __init__(self, refused: arriving.TooMany) -> None:
        super().__init__(detail=str(refused))
        self.wait = refused.again_in


def _refusal(refused: arriving.Refused) -> APIException:
    match refused:
        case arriving.TooMany():
            return _Throttled(refused)
        case arriving.Banned():
            return PermissionDenied(str(refused))
    return ValidationError({"text": [str(refused)]})


def _item(comment: Comment) -> JSON:
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "name": comment.name,
        "text": comment.text,
        "created_at": instant(comment.created_at),
    }


def _identifier(name: str, value: object) -> UUID:
    try:
        return UUID(value)  # type: ignore[arg-type]  # anything else than text raises as well
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError({name: [f"expected a UUID, found {bodies.quoted(value)}."]}) from error
