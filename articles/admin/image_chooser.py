"""Choosing an image in a form: what is chosen is seen, and is found, uploaded or taken away in its place."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.admin.rights import person
from articles.admin.rows import RowFormSet
from articles.models import Image

PICTURE = ("image", ("image_alt", "image_decorative"))
GONE = "There is no such image any more. Choose another, or none."


def find(keys: Iterable[Any]) -> dict[str, Image]:
    """The images with these identifiers, as forms hold them: some may be empty or not well formed."""
    found = Image.objects.in_bulk([pk for pk in map(_uuid, keys) if pk])
    return {str(pk): image for pk, image in found.items()}


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


class ImageChooser(forms.TextInput):
    """The identifier of an image, shown as the image. Without the script it stays a field to fill in."""

    known: Callable[[], Mapping[str, Image]] | None = None

    class Media:
        css = {"all": ["careersite/admin/images.css"]}
        js = (Script("careersite/admin/images.js", type="module"),)

    def __init__(self, *, may_upload: bool) -> None:
        super().__init__({"class": "vForeignKeyRawIdAdminField vUUIDField"})
        self.may_upload = may_upload

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = self.known() if self.known else find([value])
        context = {
            "input": super().render(name, value, attrs, renderer),
            "id": (attrs or {}).get("id", ""),
            "image": known.get(str(value)) if value else None,
            "is_gone": bool(value) and str(value) not in known,
            "may_upload": self.may_upload,
        }
        return render_to_string("admin/images/_chooser.html", context)


class IllustratedAdmin(BaseModelAdmin):
    """An admin of what shows an image."""

    raw_id_fields = ("image",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "image":
            kwargs["widget"] = ImageChooser(may_upload=person(request).has_perm("articles.add_image"))
            kwargs["error_messages"] = {"invalid_choice": GONE}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class IllustratedFormSet(RowFormSet):
    """Rows that show images, which are read once for all of them."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if field := form.fields.get("image"):
            field.widget.known = lambda: self.images

    @cached_property
    def images(self) -> dict[str, Image]:
        return find(form["image"].value() for form in self.forms if "image" in form.fields)
