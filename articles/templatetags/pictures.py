from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.files.storage import default_storage

from articles.models import Image
from articles.renditions import Focus, crop_box, name, widths

register = template.Library()


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page needs to show an image: addresses, size, words."""

    src: str
    width: int
    height: int
    alt: str
    is_cropped: bool
    sources: dict[str, str]  # by media type: the addresses with their widths

    @property
    def is_tall(self) -> bool:
        return self.height > self.width


@register.filter
def thumbnail(image: Image) -> str:
    """The address of the smallest rendition; of the picture itself where there are none yet."""
    file = str(image.file.name)
    return default_storage.url(name(file, min(image.renditions), "webp") if image.renditions else file)


@register.filter
def described(shown: Mapping[str, Any]) -> str:
    """The words for the image in its place: of this use, else its own; none where it is decorative."""
    if shown["image_decorative"]:
        return ""
    return shown["image_alt"] or shown["image"]["alt"]


@register.simple_tag
def picture(shown: Mapping[str, Any], *, crop: bool = False) -> Picture:
    """The image of a document or section, whole or cropped; as it was uploaded where it has no renditions."""
    image = shown["image"]
    focus = Focus(image["focal_x"], image["focal_y"]) if crop and image["renditions"] else None
    width, height = image["width"], image["height"]
    if focus:
        left, top, right, bottom = crop_box(width, height, focus)
        width, height = right - left, bottom - top
    made = widths(width, image["renditions"])
    return Picture(
        src=default_storage.url(image["file"]),
        width=width,
        height=height,
        alt=described(shown),
        is_cropped=focus is not None,
        sources={f"image/{kind}": _srcset(image["file"], made, kind, focus) for kind in ("avif", "webp")}
        if made
        else {},
    )


def _srcset(file: str, made: list[int], kind: str, focus: Focus | None) -> str:
    return ", ".join(f"{default_storage.url(name(file, each, kind, focus))} {each}w" for each in made)
