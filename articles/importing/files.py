"""A file as text: whole, readable and UTF-8, or one clear reason why it is not."""

import codecs
from pathlib import Path

from articles.records import UNPRINTABLE

MAX_BYTES = 5 * 1024 * 1024


class ImportRefused(Exception):
    """What cannot be imported, the line where that shows, and what to do about it."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def read(path: Path) -> str:
    """The text of the file, without a byte order mark. Raises ImportRefused."""
    try:
        _check(path)
        data = path.read_bytes()
    except OSError as error:
        raise ImportRefused(
            1, f"can't be read ({error.strerror}). Check the path and your rights."
        ) from error
    return _checked(_decoded(data))


def _check(path: Path) -> None:
    if path.is_dir():
        raise ImportRefused(1, "is a directory. Name one file in it.")
    if not path.exists():
        raise ImportRefused(1, "there is no such file. Check the path.")
    if not path.is_file():
        raise ImportRefused(1, "is not an ordinary file. Save the article as one.")
    if (size := path.stat().st_size) > MAX_BYTES:
        raise ImportRefused(
            1, f"has {size:,} bytes, the limit is {MAX_BYTES:,}. Divide it into single articles."
        )


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ImportRefused(1, "is encoded in UTF-16. Save it as UTF-8.")
    if (place := data.find(b"\0")) >= 0:
        raise ImportRefused(_line(data, place), "has a NUL byte, so it is not text. Save it as plain text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark, which holds no line end.
        offset = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        place = error.start + offset
        message = f"the byte 0x{data[place]:02X} is not UTF-8. Save the file as UTF-8."
        raise ImportRefused(_line(data, place), message) from error


def _checked(text: str) -> str:
    if not text.strip():
        raise ImportRefused(1, "is empty. Name a file with an article in it.")
    if found := UNPRINTABLE.search(text):
        line = _line(text[: found.start()].encode(), found.end() * 4)
        raise ImportRefused(line, f"has the control character U+{ord(found[0]):04X}. Remove it.")
    return text


def _line(data: bytes, place: int) -> int:
    before = data[:place].replace(b"\r\n", b"\n")
    return before.count(b"\n") + before.count(b"\r") + 1
