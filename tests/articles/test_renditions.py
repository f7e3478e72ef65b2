"""Pictures in the sizes and formats of pages: made once, never changed, never half there."""

from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from articles import documents, renditions
from articles.renditions import Focus
from tests.makers import make_article
from tests.pictures import halves, make_image

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WHOLE = {480: (480, 360), 640: (640, 480)}
CROPPED = {480: (480, 270), 640: (640, 360)}
SIDES = st.integers(1, 16_000)
PER_CENT = st.integers(0, 100)


@given(SIDES, SIDES, PER_CENT, PER_CENT)
def test_a_crop_lies_within_the_picture_has_the_ratio_and_keeps_the_focal_point(width, height, x, y):
    left, top, right, bottom = renditions.crop_box(width, height, Focus(x, y))
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= bottom + 1
    if min(width, height) > 100:
        assert (right - left) / (bottom - top) == pytest.approx(16 / 9, rel=0.02)


@pytest.mark.parametrize(
    ("width", "found"), [(4000, [480, 960, 1600]), (960, [480, 960]), (700, [480, 700]), (1, [1])]
)
def test_no_rendition_is_wider_than_its_picture(width, found):
    assert renditions.widths(width) == found


def files_of(image):
    folder = Path(default_storage.path("renditions"), image.file.name)
    return {path.name: path for path in folder.glob("*")}


def test_both_formats_whole_and_cropped_around_the_focal_point():
    image = make_image(focal_y=0)
    assert renditions.make(image) == 8
    image.refresh_from_db()
    assert image.renditions == [480, 640]
    sizes = {name: Pillow.open(path).size for name, path in files_of(image).items()}
    assert sizes == {
        **{f"{width}.{kind}": size for width, size in WHOLE.items() for kind in ("avif", "webp")},
        **{
            f"{width}-16x9-at-50-0.{kind}": size
            for width, size in CROPPED.items()
            for kind in ("avif", "webp")
        },
    }
    red, blue = (Pillow.open(files_of(image)["480-16x9-at-50-0.webp"]).getpixel((9, y)) for y in (9, 260))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200


def test_nothing_is_made_twice_and_another_focal_point_leaves_the_old_files():
    image = make_image()
    renditions.make(image)
    image.refresh_from_db()
    before = {name: path.stat().st_mtime_ns for name, path in files_of(image).items()}
    assert renditions.make(image) == 0
    image.focal_y = 20
    image.save()
    assert renditions.make(image) == 4
    after = {name: path.stat().st_mtime_ns for name, path in files_of(image).items()}
    assert before.items() < after.items()


def test_breaking_off_half_way_leaves_no_broken_file_and_claims_none():
    image = make_image()
    written = []

    def save(picture, file, kind, **options):
        file.write(b"half a pic")
        written.append(kind)
        raise OSError("No space left on device")

    with patch.object(Pillow.Image, "save", save), pytest.raises(OSError, match="No space"):
        renditions.make(image)
    image.refresh_from_db()
    assert (image.renditions, files_of(image)) == ([], {})
    assert written
    assert renditions.make(image) == 8


def test_a_focal_point_that_changed_meanwhile_keeps_the_row_from_claiming_the_crops():
    image = make_image()
    type(image).objects.update(focal_x=10)
    renditions.make(image)
    image.refresh_from_db()
    assert image.renditions == []


def test_the_command_serves_what_documents_brought_and_tells_what_it_could_not():
    there = halves()
    name = default_storage.save("images/brought.png", there)
    brought = {"id": None, "file": name, "width": 4, "height": 3, "alt": "A desk", "renditions": [480]}
    article = make_article(image=brought | {"decorative": False, "credit": ""})
    assert documents.compose(article)["image"]["renditions"] == []
    lost = make_image(file="images/lost.png", width=4, height=3)
    said = StringIO()
    with pytest.raises(CommandError, match="1 pictures are left"):
        call_command("make_renditions", stdout=StringIO(), stderr=said)
    assert lost.file.name in said.getvalue()
    shown = documents.compose(article)["image"]
    assert (shown["width"], shown["height"], shown["renditions"]) == (640, 480, [480, 640])
    lost.delete()
    call_command("make_renditions", stdout=said)
    assert "0 files made" in said.getvalue()
