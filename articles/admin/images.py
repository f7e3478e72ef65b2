"""Images: uploading them, describing them, and what must stay in sight where they are cropped."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles import pictures, renditions
from articles.admin.fields import FORM_FIELDS
from articles.admin.image_chooser import find
from articles.admin.shared import SharedAdmin
from articles.models import Article, Image, Section

AGAIN = "Choose the file again: a browser sends it only once. All else that you wrote is kept."
ACCEPTED = ",".join(f".{each}" for extensions in pictures.EXTENSIONS.values() for each in extensions)
SHOWN = {"file", "focal_x", "focal_y"}  # what the renditions follow from


class PictureField(forms.FileField):
    """Takes a file only if it is a picture, and makes it plain."""

    widget = AdminFileWidget(attrs={"accept": ACCEPTED, "data-most": pictures.MAX_BYTES})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": None})  # a long name is shortened

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return pictures.normalised(file, str(file.name))
        except pictures.Refused as error:
            raise ValidationError(f"{error} {AGAIN}", code="invalid_image") from error


class ImageForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        if "file" not in self.changed_data:
            self.cleaned_data.pop("file", None)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """A file that came with a form that is refused is not kept: its page shows what is stored."""
        stored = {name: self.instance.__dict__[name] for name in ("file", "width", "height")}
        super()._post_clean()  # type: ignore[misc]
        if self.errors and "file" in self.changed_data:
            self.instance.__dict__.update(stored)
            if "file" not in self.errors:
                self.add_error("file", AGAIN)

    def _get_validation_exclusions(self) -> set[str]:
        """Setting a file opens it to measure the picture: not where it stays, and may be elsewhere."""
        unchanged = set() if "file" in self.changed_data else {"file"}
        return super()._get_validation_exclusions() | unchanged  # type: ignore[misc]


@admin.register(Image)
class ImageAdmin(SharedAdmin):
    class Media:
        css: ClassVar[Any] = {"all": ["careersite/admin/images.css"]}
        js = (Script("careersite/admin/focal_point.js", type="module"),)

    facets = ("image",)
    form = ImageForm
    formfield_overrides: ClassVar[Any] = FORM_FIELDS | {models.ImageField: {"form_class": PictureField}}
    list_display = ("picture", "size", "credit", "created_at")
    list_filter = ("decorative", "created_at")
    sortable_by = ("created_at",)
    search_fields = ("alt", "credit", "file")
    fields = (
        "file",
        "focal_point",
        "alt",
        "decorative",
        "credit",
        ("focal_x", "focal_y"),
        "size",
        "created_at",
        "used",
    )
    readonly_fields = ("focal_point", "size", "created_at", "used")

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        unknown = () if obj else ("size", "created_at", "used")
        return [field for field in super().get_fields(request, obj) if field not in unknown]

    # --- What is shown ----------------------------------------------------------------------

    @admin.display(description="image")
    def picture(self, image: Image) -> SafeString:
        return render_to_string("admin/images/_listed.html", {"image": image})

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="what stays in sight")
    def focal_point(self, image: Image) -> SafeString:
        return render_to_string("admin/images/_focal_point.html", {"image": image})

    @admin.display(description="where it is used")
    def used(self, image: Image) -> SafeString | str:
        return format_html_join("", "<div>{}</div>", ([line] for line in self.needing([image]))) or "Nowhere."

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        """Two reads by an index: a condition that joins both would go through all articles."""
        leading = Article.objects.filter(image__in=rows).order_by().values("pk")
        within = Section.objects.filter(image__in=rows).order_by().values("article")
        return Article.objects.filter(pk__in=leading.union(within))

    # --- Choosing ---------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.chosen)
        return [path("<str:pk>/chosen/", view, name="articles_image_chosen"), *super().get_urls()]

    def chosen(self, request: HttpRequest, pk: str) -> HttpResponse:
        """What a form shows of an image once it is chosen."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        image = find([pk]).get(pk.lower())
        return render(request, "admin/images/_chosen.html", {"image": image, "is_gone": image is None})

    # --- Saving -----------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """Renditions take a second or two: other people's saving does not wait for that."""
        anew = SHOWN.intersection(form.changed_data) or not change
        if anew:
            obj.renditions = []
        super().save_model(request, obj, form, change)
        if anew:
            transaction.on_commit(partial(self._make_renditions, request, obj))

    def _make_renditions(self, request: HttpRequest, image: Image) -> None:
        try:
            renditions.make(image)
        except (pictures.Refused, OSError) as error:
            messages.warning(
                request,
                f"The image is stored, but not its smaller sizes: {error} Pages show it as it is until "
                "whoever runs this site has run `manage.py make_renditions`.",
            )
