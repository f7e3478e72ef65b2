"""Pictures that people bring along: what is refused and why, and how what is kept is made plain.

What is kept is written anew: turned as its camera was held, in sRGB, with eight bits a channel, and without
anything beside the picture itself, as cameras note where they were.
"""

import io
import re
import struct
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_000  # WebP ends a little above
LONGEST_STEM = 60
EXTENSIONS = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
WRITTEN: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80, "speed": 9},
}
SRGB = ImageCms.createProfile("sRGB")
KNOWN_BEGINNINGS = (
    (rb"\s*(<\?xml.*)?(<!--.*)?(<!doctype svg.*)?<svg[\s>]", "An SVG can hold scripts: export it as PNG."),
    (rb"GIF8", "GIFs are not taken: save it as PNG."),
    (rb"....ftyp(hei|hev|mif1|msf1)", "This is a HEIC picture, which few browsers show. Save it as JPEG."),
    (rb"\s*<(!doctype|html|head|body|script|\?xml)", "This is a text for browsers and no picture."),
)


class Refused(ValueError):
    """A file that is not taken; the message is for the person who chose it."""


def normalised(file: IO[bytes], name: str) -> ContentFile:
    """The picture as it is stored: in its own format, under a safe name. Raises Refused."""
    picture = opened(file, name)
    kind = format_of(picture)
    stored = io.BytesIO()
    plain(picture).save(stored, kind, **WRITTEN[kind])
    return ContentFile(stored.getvalue(), name=safe_name(name, kind))


def opened(file: IO[bytes], name: str) -> Image.Image:
    """The picture, decoded to its end. Raises Refused."""
    _check_bytes(file)
    try:
        picture = Image.open(file, formats=list(EXTENSIONS))
        _check(picture, name)
        picture.load()
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(_too_many("far more pixels than")) from error
    except UnidentifiedImageError as error:
        raise Refused(_what_it_is(file)) from error
    except Exception as error:  # decoders raise whatever a damaged file leads them to
        raise Refused(
            "The file is damaged or was cut off on its way: it cannot be read to its end. "
            "Open it in an image program and save it anew."
        ) from error
    return picture


def plain(picture: Image.Image) -> Image.Image:
    """Turned upright, in sRGB, as grey, RGB or RGBA, and nothing else with it. The given one is used up."""
    profile = picture.info.get("icc_profile")
    _turn(picture)
    found = _eight_bits(picture)
    mode = "RGBA" if found.has_transparency_data else "L" if found.mode in ("1", "L") else "RGB"
    if found.mode in ("P", "PA", "LA", "1"):  # a profile speaks of colours, and not of places in a palette
        found = found.convert(mode)
    if profile:
        found = _in_srgb(found, profile)
    found = found if found.mode == mode else found.convert(mode)
    found.info = {}
    return found


def format_of(picture: Image.Image) -> str:
    """MPO is JPEG with further pictures behind the first, as phones make them."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def safe_name(name: str, kind: str) -> str:
    return f"{slugify(_last(name).stem)[:LONGEST_STEM].strip('-_') or 'picture'}.{EXTENSIONS[kind][0]}"


def _last(name: str) -> PurePosixPath:
    return PurePosixPath(PurePosixPath(name.replace("\\", "/")).name)


# --- What is refused ----------------------------------------------------------------------------


def _check_bytes(file: IO[bytes]) -> None:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if not size:
        raise Refused("The file is empty.")
    if size > MAX_BYTES:
        raise Refused(
            f"The file has {size / 1024**2:.1f} MB, and at most {MAX_BYTES // 1024**2} MB are taken. "
            "Scale the picture down, or save it with more compression."
        )


def _check(picture: Image.Image, name: str) -> None:
    """What its header says, before anything is decoded."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Refused(_too_many(f"{width:,} × {height:,} pixels, more than"))
    if max(width, height) > MAX_SIDE:
        raise Refused(f"The picture is {max(width, height):,} pixels long. Scale it down to {MAX_SIDE:,}.")
    kind, suffix = format_of(picture), _last(name).suffix.lower().lstrip(".")
    if suffix and suffix not in EXTENSIONS[kind]:
        raise Refused(
            f"The name ends in .{suffix}, but the file is a {kind} picture. "
            f"Let its name end in .{EXTENSIONS[kind][0]}, if that is what you meant to upload."
        )
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise Refused("The picture moves. Save one of its frames as a picture of its own.")


def _too_many(count: str) -> str:
    return f"The picture has {count} {MAX_PIXELS // 1_000_000} million. Scale it down."


def _what_it_is(file: IO[bytes]) -> str:
    file.seek(0)
    beginning = file.read(2048).removeprefix(b"\xef\xbb\xbf")
    for pattern, message in KNOWN_BEGINNINGS:
        if re.match(pattern, beginning, re.DOTALL | re.IGNORECASE):
            return message
    return "This is no JPEG, PNG, WebP or AVIF picture, whatever its name says, or it is damaged."


# --- Making it plain ------------------------------------------------------------------------------


def _turn(picture: Image.Image) -> None:
    with suppress(SyntaxError, ValueError, TypeError, KeyError, OSError, struct.error):  # damaged notes: none
        ImageOps.exif_transpose(picture, in_place=True)


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, given, SRGB, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):  # a profile that is damaged, or of another kind of picture
        return picture
