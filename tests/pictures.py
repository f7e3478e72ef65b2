"""Picture files as people bring them."""

import io

from django.core.files.base import ContentFile
from PIL import Image as Pillow

from articles.models import Image


def picture(kind="JPEG", size=(64, 48), mode="RGB", colour=(200, 30, 60), **options):
    """A picture of one colour as a file."""
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).convert(mode).save(file, kind, **options)
    file.seek(0)
    return file


def halves(size=(640, 480)):
    """Red above, blue below, as PNG."""
    whole = Pillow.new("RGB", size, (0, 0, 255))
    whole.paste((255, 0, 0), (0, 0, size[0], size[1] // 2))
    file = io.BytesIO()
    whole.save(file, "PNG")
    return ContentFile(file.getvalue(), name="halves.png")


def make_image(alt="A desk by a window", file=None, **fields):
    return Image.objects.create(file=file or halves(), alt=alt, **fields)
