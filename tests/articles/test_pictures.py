"""Pictures that people upload: what is refused says why, and what is kept is plain."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from articles import pictures
from tests.pictures import picture

SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ORIENTATION, PLACE = 0x0112, 0x8825


def animated(kind):
    return picture(kind, save_all=True, append_images=[Pillow.new("RGB", (64, 48))])


def cut(kind):
    noise = io.BytesIO()
    Pillow.effect_noise((120, 120), 60).convert("RGB").save(noise, kind)
    return io.BytesIO(noise.getvalue()[: noise.tell() * 2 // 3])


def claiming(width, height):
    """A small PNG whose header claims another size."""
    data = bytearray(picture("PNG").getvalue())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return io.BytesIO(data)


@pytest.mark.parametrize(
    ("file", "name", "reason"),
    [
        (io.BytesIO(b""), "a.png", "is empty"),
        (io.BytesIO(b"\xff\xd8" + bytes(20 * 1024**2)), "a.jpg", "has 20.0 MB, and at most 10 MB"),
        (claiming(30_000, 30_000), "a.png", "more pixels than 50 million"),
        (claiming(10_000, 6_000), "a.png", "10,000 × 6,000 pixels, more than 50 million"),
        (claiming(20_000, 10), "a.png", "20,000 pixels long"),
        (claiming(7_000, 7_000), "a.png", "damaged"),
        (io.BytesIO(SVG), "a.svg", "SVG can hold scripts: export it as PNG"),
        (io.BytesIO(b"\xef\xbb\xbf <svg></svg>"), "a.png", "SVG can hold scripts: export it as PNG"),
        (io.BytesIO(b"<!DOCTYPE html><script>alert(1)</script>"), "a.png", "no picture"),
        (io.BytesIO(b"Words, words, words."), "a.jpg", "no JPEG, PNG, WebP or AVIF picture"),
        (picture("PNG"), "a.jpg", "ends in .jpg, but the file is a PNG"),
        (picture("GIF"), "a.gif", "GIFs are not taken"),
        (animated("WEBP"), "a.webp", "moves"),
        (animated("PNG"), "a.png", "moves"),
        *((cut(kind), "a", "damaged") for kind in pictures.EXTENSIONS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_fit_picture_is_refused_with_a_reason(file, name, reason):
    with pytest.raises(pictures.Refused, match=reason):
        pictures.normalised(file, name)


def stored(file, name="picture"):
    found = pictures.normalised(file, name)
    with Pillow.open(io.BytesIO(found.read())) as opened:
        opened.load()
    return found, opened


def test_a_photo_is_turned_upright_and_keeps_nothing_beside_the_picture():
    notes = Pillow.Exif()
    notes[ORIENTATION] = 6  # turned by 90°
    notes[PLACE] = {1: "N", 2: (59.0, 26.0, 0.0)}
    file = picture(exif=notes, comment=b"taken at home")
    assert Pillow.open(file).getexif().get_ifd(PLACE)
    found, opened = stored(file)
    assert opened.size == (48, 64)
    assert not opened.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & opened.info.keys()
    assert b"home" not in found.file.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "1", "L"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "RGBA", "RGBA"),
        ("WEBP", "RGB", "RGB"),
        ("AVIF", "RGB", "RGB"),
    ],
)
def test_every_mode_becomes_one_that_browsers_show_and_keeps_its_format(kind, mode, becomes):
    file = picture(kind, mode=mode)
    _, opened = stored(file)
    assert (opened.format, opened.mode) == (kind, becomes)
    shown, before = (each.convert("RGB").getpixel((9, 9)) for each in (opened, Pillow.open(file)))
    assert shown == pytest.approx(before, abs=8)


def test_sixteen_bits_a_channel_become_eight_of_the_same_brightness():
    file = io.BytesIO()
    Pillow.new("I;16", (8, 8), 0x8000).save(file, "PNG")
    assert stored(file)[1].getpixel((0, 0)) == 0x80


def test_colours_of_another_profile_are_brought_to_srgb():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(swapped.tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"  # what it calls red is green
    _, opened = stored(picture("PNG", colour=(255, 0, 0), icc_profile=bytes(data)))
    assert opened.getpixel((5, 5))[1] > opened.getpixel((5, 5))[0]
    assert stored(picture("PNG", icc_profile=b"no profile at all"))[1].getpixel((5, 5)) == (200, 30, 60)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Photos\\Am Fluß (1).JPG", "am-flu-1.jpg"),
        ("фото.jpeg", "picture.jpg"),
        (f"{'long-' * 60}.jpg", f"{'long-' * 12}"[:-1] + ".jpg"),
        ("-.jpg", "picture.jpg"),
    ],
)
def test_the_name_becomes_a_safe_one(name, safe):
    assert pictures.normalised(picture(), name).name == safe


def test_the_first_of_a_phone_s_several_pictures_is_kept():
    _, opened = stored(animated("MPO"), "phone.jpg")
    assert (opened.format, getattr(opened, "n_frames", 1)) == ("JPEG", 1)
