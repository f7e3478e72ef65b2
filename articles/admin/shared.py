"""What many articles share: authors, tags, images."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.forms import FORM_FIELDS
from articles.models import Author, Image, Tag

THUMBNAIL = 120  # pixels


class SharedAdmin(admin.ModelAdmin):
    formfield_overrides = FORM_FIELDS
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False


@admin.register(Author)
class AuthorAdmin(SharedAdmin):
    list_display = ("name", "slug", "expertise", "user")
    list_select_related = ("user",)
    search_fields = ("name", "slug", "expertise")
    prepopulated_fields = {"slug": ("name",)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Tag)
class TagAdmin(SharedAdmin):
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Image)
class ImageAdmin(SharedAdmin):
    list_display = ("thumbnail", "__str__", "size", "credit", "created_at")
    list_display_links = ("thumbnail", "__str__")
    list_filter = ("decorative", "created_at")
    search_fields = ("alt", "credit", "file")
    fields = ("thumbnail", "file", "alt", "decorative", "credit", "size", "created_at")
    readonly_fields = ("thumbnail", "size", "created_at")

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
