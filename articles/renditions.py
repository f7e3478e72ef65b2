"""A picture in the sizes and formats that pages show: made once, beside the picture, and never changed.

A rendition's name follows from the picture's own and, for a crop, from the focal point: what a live page
names stays as it is, whatever becomes of the picture.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles import pictures, whole_files
from articles.models import Image

WIDTHS = (480, 960, 1600)
RATIO = (16, 9)
THREADS = 2
# A step quicker, drawings are half as large again; the default takes five times as long, for little.
FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 50, "speed": 7, "max_threads": 1},
    "webp": {"quality": 78, "method": 4},
}


@dataclass(frozen=True, slots=True)
class Focus:
    """The point that stays in sight where a picture is cropped, in per cent from the left and the top."""

    x: int
    y: int


Size = tuple[Focus | None, int]  # a crop around a focal point, or the whole; and the width


def widths(width: int, among: Iterable[int] = WIDTHS) -> list[int]:
    """The widths in which something is stored; none is larger than itself."""
    return sorted({min(each, width) for each in among})


def name(file: str, width: int, extension: str, crop: Focus | None = None) -> str:
    part = f"{width}-{RATIO[0]}x{RATIO[1]}-at-{crop.x}-{crop.y}" if crop else str(width)
    return f"renditions/{file}/{part}.{extension}"


def crop_box(width: int, height: int, focus: Focus) -> tuple[int, int, int, int]:
    """The largest part of that ratio; as far from the left and the top as its focal point is."""
    wide = min(width, max(1, round(height * RATIO[0] / RATIO[1])))
    high = min(height, max(1, round(width * RATIO[1] / RATIO[0])))
    left, top = round((width - wide) * focus.x / 100), round((height - high) * focus.y / 100)
    return left, top, left + wide, top + high


# --- Making -------------------------------------------------------------------------------------


def make(image: Image) -> int:
    """Store what is missing, and then say that it is there. Returns how many files were made.

    Raises Refused where the file is no picture that is taken, OSError where it can't be read or written.
    """
    file, focus = str(image.file.name), Focus(image.focal_x, image.focal_y)
    if image.renditions and not _missing(file, image.width, image.height, focus):
        return 0
    with default_storage.open(file) as stored:
        original = pictures.plain(pictures.opened(stored, file))
    missing = _missing(file, *original.size, focus)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda size: _store_size(original, file, size, missing[size]), missing))
    _say_so(image, original)
    return sum(map(len, missing.values()))


def _missing(file: str, width: int, height: int, focus: Focus) -> dict[Size, list[str]]:
    """The extensions that are missing of each size."""
    left, _, right, _ = crop_box(width, height, focus)
    sizes = [(crop, each) for crop, whole in ((None, width), (focus, right - left)) for each in widths(whole)]
    found = {
        (crop, each): [
            extension
            for extension in FORMATS
            if not default_storage.exists(name(file, each, extension, crop))
        ]
        for crop, each in sizes
    }
    return {size: extensions for size, extensions in found.items() if extensions}


def _say_so(image: Image, original: Pillow.Image) -> None:
    """Unless file or focal point have changed meanwhile. What came by a document is measured here first."""
    same = {"file": image.file.name, "focal_x": image.focal_x, "focal_y": image.focal_y}
    found = {"width": original.width, "height": original.height, "renditions": widths(original.width)}
    Image.objects.filter(pk=image.pk, **same).update(**found)


def _store_size(original: Pillow.Image, file: str, size: Size, extensions: Iterable[str]) -> None:
    crop, width = size
    shown = _scaled(original, width, crop)
    for extension in extensions:
        _store(shown, name(file, width, extension, crop), extension)


def _scaled(original: Pillow.Image, width: int, crop: Focus | None) -> Pillow.Image:
    box = crop_box(*original.size, crop) if crop else (0, 0, *original.size)
    height = max(1, round((box[3] - box[1]) * width / (box[2] - box[0])))
    return original.resize((width, height), Pillow.Resampling.LANCZOS, box=box, reducing_gap=1.2)


def _store(picture: Pillow.Image, path: str, extension: str) -> None:
    with whole_files.written(path) as file:
        picture.save(file, extension.upper(), **FORMATS[extension])
