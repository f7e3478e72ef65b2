from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import kinds
from articles.admin.fields import YEARS
from articles.admin.rights import person
from articles.models import Article, Review, State

OFFERED = 10
COMMON = 5_000


def is_common(found: QuerySet[Any]) -> bool:
    """Whether rows are so many that those of a page are soonest found by going through the list."""
    return found.values("pk")[: COMMON + 1].count() > COMMON


class StateFilter(admin.SimpleListFilter):
    """Articles by where they stand now."""

    title = "state"
    parameter_name = "state"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.kind: str | None = getattr(model_admin, "kind_name", None)  # None: of all kinds

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        state = self.value()
        if not state:
            return queryset.not_trashed()
        if state not in State.values:
            raise IncorrectLookupParameters(f"“{state}” is no state.")
        return queryset.in_state(state, timezone.now(), self.kind)


class ReviewFilter(admin.SimpleListFilter):
    """Articles in review, by where that stands and by who is asked."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        states = [(value, str(label)) for value, label in Review.State.choices if value != Review.State.ENDED]
        people = [("mine", "Waits for me"), ("anybody", "Waits for whoever may"), ("sent", "Submitted by me")]
        return [*states, *people]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        reviews = _reviews(value, person(request)).order_by()
        return queryset.filter(pk__in=reviews.values("article"))  # as many as people can look after


def _reviews(value: str, user: User) -> QuerySet[Any]:
    match value:
        case "mine":
            return Review.objects.waiting().assigned_to(user)
        case "anybody":
            return Review.objects.waiting().filter(assignee=None)
        case "sent":
            return Review.objects.open().filter(submitted_by=user)
    if value not in Review.State.values:
        raise IncorrectLookupParameters(f"“{value}” is no state of a review.")
    return Review.objects.open().filter(state=value)


class KindFilter(admin.SimpleListFilter):
    """The kinds that there are, without asking all rows for theirs."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(kind.name, kind.label.capitalize()) for kind in kinds.every()]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class KindOfArticleFilter(KindFilter):
    parameter_name = "article__kind"

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        kind = self.value()
        if not kind:
            return queryset
        articles = Article.objects.of_kind(kind).order_by()
        if is_common(articles):
            return queryset.filter(Exists(articles.filter(pk=OuterRef("article"))))
        return queryset.filter(article__in=articles.values("pk"))


class NamedFilter(admin.FieldListFilter):
    """Rows by a tag, a person or the like that is typed, as lists of all of them would be endless.

    A script completes what is typed. Without it, those that it may mean are offered as links.
    """

    template = "admin/filters/named.html"

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict[str, Any],
        model: Any,
        model_admin: Any,
        field_path: str,
    ) -> None:
        self.field: Any = field
        self.related: Any = field.related_model
        self.chosen_name, self.typed_name = f"{field_path}__id__exact", f"{field_path}__named"
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = self.related._meta.verbose_name
        self.offered: list[Any] = []
        self.typed = str(self._last(self.typed_name)).strip()
        self.chosen = self._find()

    def expected_parameters(self) -> list[str | None]:
        return [self.chosen_name, self.typed_name]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.chosen is None:
            return queryset
        if not self.field.many_to_many or not is_common(self.uses):
            return queryset.filter(**{self.field_path: self.chosen.pk})
        return queryset.filter(Exists(self.uses.filter(**{self.field.m2m_field_name(): OuterRef("pk")})))

    @property
    def uses(self) -> QuerySet[Any]:
        table = self.field.remote_field.through._default_manager
        return table.filter(**{self.field.m2m_reverse_field_name(): self.chosen.pk}).order_by()

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        own = [self.chosen_name, self.typed_name]
        if self.chosen:
            yield {"selected": True, "display": str(self.chosen), "query_string": None}
        for row in self.offered:
            chosen = changelist.get_query_string({self.chosen_name: row.pk}, [self.typed_name])
            yield {"selected": False, "display": str(row), "query_string": chosen}
        yield {
            "form": True,
            "chosen_name": self.chosen_name,
            "typed_name": self.typed_name,
            "typed": self.typed,
            "kept": [(key, value) for key, value in changelist.params.items() if key not in own],
            "all": changelist.get_query_string(remove=own),
            "is_chosen": self.chosen is not None,
            "is_unknown": bool(self.typed) and not self.chosen and not self.offered,
            "complete": reverse("admin:autocomplete"),
            "of": self.field.model._meta,
            "name": self.field.name,
        }

    def _last(self, name: str) -> Any:
        given: Any = self.used_parameters.get(name) or [""]
        return given[-1]

    def _find(self) -> Any:
        """What is chosen: by its identifier, or by what was typed where that names one."""
        if pk := self._last(self.chosen_name):
            try:
                return self.related._default_manager.filter(pk=pk).first()
            except (ValueError, ValidationError) as error:
                raise IncorrectLookupParameters(error) from error
        if not self.typed:
            return None
        name = "name" if hasattr(self.related, "name") else "title"
        named = self.related._default_manager.filter(**{f"{name}__icontains": self.typed}).order_by(name)
        self.offered = list(named[:OFFERED])
        exact = [row for row in self.offered if str(row).casefold() == self.typed.casefold()]
        if len(exact) == 1 or len(self.offered) == 1:
            found = (exact or self.offered)[0]
            self.offered = []
            return found
        return None


class NamedOfArticleFilter(NamedFilter):
    """What belongs to articles, by a tag or a person of these."""

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.chosen is None:
            return queryset
        name = self.field.m2m_field_name()
        if is_common(self.uses):
            return queryset.filter(Exists(self.uses.filter(**{name: OuterRef("article")})))
        return queryset.filter(article__in=self.uses.values(name))


class FilteredList(ChangeList):
    """Filtered as its page offers it. Django takes any lookup of any column, and fails on odd values."""

    def get_filters(self, request: HttpRequest) -> Any:
        specs, has_specs, unknown, duplicates, are_active = super().get_filters(request)
        for name, texts in self.filter_params.items():
            if name.endswith(("__gte", "__lt")):
                _refuse_far_moments(texts)
        if unknown:
            raise IncorrectLookupParameters(f"There is no filter for {', '.join(unknown)}.")
        # One name finds a row once, and to take out duplicates would go through all rows.
        several = any(isinstance(spec, admin.RelatedFieldListFilter) for spec in specs)
        return specs, has_specs, unknown, duplicates and several, are_active


def _refuse_far_moments(texts: Iterable[str]) -> None:
    """Near the ends of the calendar a moment may have no place in the database's time zone."""
    for text in texts:
        moment = parse_datetime(text)
        if moment and moment.year not in YEARS:
            raise IncorrectLookupParameters(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")
