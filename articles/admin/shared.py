"""What many articles share: authors, tags, images."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.deletion import NeededAdmin
from articles.models import Article, Author, Image, Tag
from articles.models.image import MAX_BYTES

THUMBNAIL = 120  # pixels


class SharedAdmin(NeededAdmin):
    view_on_site = False


@admin.register(Author)
class AuthorAdmin(SharedAdmin):
    facet = "author"
    list_display = ("name", "slug", "expertise", "user")
    list_select_related = ("user",)
    search_fields = ("name", "slug", "expertise")
    prepopulated_fields = {"slug": ("name",)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        return Article.objects.filter(Q(authors__in=rows) | Q(reviewer__in=rows))


@admin.register(Tag)
class TagAdmin(SharedAdmin):
    facet = "tag"
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


class ImageForm(forms.ModelForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file.size > MAX_BYTES:
            raise forms.ValidationError(f"The file is larger than {MAX_BYTES // 1024**2} MB. Scale it down.")
        return file

    def clean(self) -> dict[str, Any]:
        if "file" not in self.changed_data:
            self.cleaned_data.pop("file", None)
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        """Setting a file opens it to measure the picture: not where it stays, and may be elsewhere."""
        unchanged = set() if "file" in self.changed_data else {"file"}
        return super()._get_validation_exclusions() | unchanged  # type: ignore[misc]


@admin.register(Image)
class ImageAdmin(SharedAdmin):
    form = ImageForm
    list_display = ("thumbnail", "__str__", "size", "credit", "created_at")
    list_display_links = ("thumbnail", "__str__")
    list_filter = ("decorative", "created_at")
    search_fields = ("alt", "credit", "file")
    fields = ("thumbnail", "file", "alt", "decorative", "credit", "size", "created_at")
    readonly_fields = ("thumbnail", "size", "created_at")

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        return Article.objects.filter(image__in=rows)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> SafeString | str:
        if not image.file:
            return "–"
        width = min(THUMBNAIL, image.width)
        height = round(width * image.height / max(image.width, 1))
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="" loading="lazy">', image.file.url, width, height
        )

    @admin.display(description="size", ordering="width")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels"
