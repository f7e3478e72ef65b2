"""The pages on which something is made of a reply: a ban, a task, a correction, what it is about."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from articles import places, rights
from articles.admin import display
from articles.admin.fields import MomentField, PlainTextField, printable
from articles.admin.noting import newest_draft
from articles.admin.rights import person
from articles.comments import deciding, using
from articles.models import Article, Comment
from articles.obstacles import PublishingError
from articles.records import DocumentError

BAN = "articles.add_ban"
MOST = 100


def _text(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> Any:
    widget = AdminTextareaWidget(attrs={"rows": rows})
    field = PlainTextField(
        label=label, max_length=2000, required=required, widget=widget, help_text=help_text
    )
    return printable(field)


def _line(label: str, most: int, help_text: str = "", *, required: bool = True) -> Any:
    return printable(
        forms.CharField(
            label=label, max_length=most, required=required, widget=AdminTextInputWidget, help_text=help_text
        )
    )


class BanForm(forms.Form):
    by_email = forms.BooleanField(label="By e-mail address", required=False, initial=True)
    by_sender = forms.BooleanField(
        label="By network address",
        required=False,
        initial=True,
        help_text="Of which only a code is known, for 30 days after the reply: such a ban lasts no longer.",
    )
    reason = _line("Reason", 300, "For moderators; the writer is told only until when.")
    ends_at = MomentField(
        label="Ends", required=False, help_text="Empty: a ban by e-mail address has no end."
    )
    as_spam = forms.BooleanField(label="Mark the replies as spam", required=False, initial=True)

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not (cleaned.get("by_email") or cleaned.get("by_sender")):
            raise ValidationError(
                "Say by what the writer is to be known: by e-mail, network address, or both."
            )
        if cleaned.get("ends_at") and cleaned["ends_at"] <= timezone.now():
            self.add_error("ends_at", "This has passed. Choose a time in the future.")
        return cleaned


class PlaceForm(forms.Form):
    place = forms.ChoiceField(label="It is about", required=False)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = newest_draft(article)
        offers = draft.offers() if draft else []
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (offer.label, offer.places) for offer in offers
        ] or [("", places.WHOLE)]

    def clean_place(self) -> Any:
        return places.parse(self.cleaned_data["place"])


class TaskForm(PlaceForm):
    text = _text("What is to be looked at", "In your own words: a reply may be erased, this stays.")


class CorrectionForm(forms.Form):
    on = forms.DateField(label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    was = _text("What it said", "The words or the figure as readers found them.")
    now = _text("What is right", "What it says now. Change the article itself as well.")
    why = _text("Why", "How it came about, in a sentence.", required=False, rows=2)
    credit = _line("Thanks to", 120, "The reader who pointed it out, if they agree.", required=False)


class CommentViews(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        views = {"about": self.about_view, "task": self.task_view, "correct": self.correct_view}
        own = [
            path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), name=f"articles_comment_{name}")
            for name, view in views.items()
        ]
        ban = path("ban/", self.admin_site.admin_view(self.ban_view), name="articles_comment_ban")
        return [ban, *own, *super().get_urls()]

    def has_ban_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm(BAN)

    def place_words(self, comment: Comment) -> str:
        try:
            return using.place_words(comment.article, places.parse(comment.place))
        except PublishingError:
            return "what is not there any more"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        comment = kwargs.get("obj")
        if comment is not None:
            context["may_correct"] = rights.may_change(person(request), comment.article)
            context["may_ban"] = self.has_ban_permission(request)
            context["article_address"] = display.edit_address(comment.article)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Bans -----------------------------------------------------------------------------------

    def ban_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_ban_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        given = [key for key in request.GET.getlist("reply")[:MOST] if _is_key(key)]
        chosen = list(Comment.objects.filter(pk__in=given).select_related("article"))
        end = timezone.localtime(timezone.now() + timedelta(days=30))
        form = BanForm(request.POST if request.method == "POST" else None, initial={"ends_at": end})
        if form.is_bound and form.is_valid() and chosen:
            try:
                self._ban(request, chosen, form.cleaned_data)
            except deciding.CannotBan as error:
                form.add_error(None, str(error))
            else:
                return redirect("admin:articles_comment_changelist")
        return self._page(request, "Ban who wrote them", "Ban", form, chosen)

    @transaction.atomic
    def _ban(self, request: HttpRequest, chosen: list[Comment], given: dict[str, Any]) -> None:
        as_spam, by = given.pop("as_spam"), person(request)
        made = deciding.ban(chosen, by=by, **given)
        if as_spam:
            keys = [comment.pk for comment in chosen]
            deciding.moderate(Comment.objects.filter(pk__in=keys), Comment.Status.SPAM, by=by)
        messages.success(request, f"Banned: {display.joined(map(str, made))}.")

    # --- Uses -----------------------------------------------------------------------------------

    def about_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        comment = self._comment(request, pk)
        form = PlaceForm(comment.article, request.POST or None, initial={"place": comment.place})

        def link() -> str:
            return f"It is about {using.link(comment, form.cleaned_data['place'], by=person(request))}."

        return self._used(request, comment, "What the reply is about", "Save", form, link)

    def task_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        comment = self._comment(request, pk)
        form = TaskForm(comment.article, request.POST or None, initial={"place": comment.place})

        @transaction.atomic
        def ask() -> str:
            by, place = person(request), form.cleaned_data["place"]
            if places.parse(comment.place) != place:
                using.link(comment, place, by=by)
            using.ask(comment, text=form.cleaned_data["text"], by=by)
            return "Whoever writes is asked to look at it."

        return self._used(request, comment, "Ask for a review", "Ask", form, ask)

    def correct_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        comment = self._comment(request, pk)
        if not rights.may_change(person(request), comment.article):
            raise PermissionDenied
        first = {"on": timezone.localdate(), "credit": comment.name}
        form = CorrectionForm(request.POST or None, initial=first)

        def correct() -> str:
            revision = using.correct(comment, **form.cleaned_data, by=person(request))
            return f"The correction stands in {revision}. Readers see it once that is published."

        return self._used(request, comment, "Correct the article", "Add the correction", form, correct)

    def _used(
        self, request: HttpRequest, comment: Comment, title: str, button: str, form: Any, use: Any
    ) -> HttpResponse:
        if form.is_bound and form.is_valid():
            try:
                said = use()
            except (PublishingError, DocumentError) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, said)
                return redirect("admin:articles_comment_change", comment.pk)
        return self._page(request, title, button, form, [comment])

    def _comment(self, request: HttpRequest, pk: UUID) -> Comment:
        if not self.has_change_permission(request):
            raise PermissionDenied
        comment = Comment.objects.select_related("article").filter(pk=pk).first()
        if comment is None:
            raise Http404("There is no such reply (any more).")
        return comment

    def _page(
        self, request: HttpRequest, title: str, button: str, form: Any, chosen: list[Comment]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "button": button,
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/comments/decide.html", context, status=status)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
