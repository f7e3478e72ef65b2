"""Files that can be imported, and one clear reason for each that cannot."""

import pytest

from articles.importing import files
from articles.importing.files import MAX_BYTES, ImportRefused


def saved(tmp_path, data, name="article.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refused(path):
    with pytest.raises(ImportRefused) as error:
        files.read(path)
    return error.value.line, str(error.value)


def test_text_comes_back_as_it_was_written(tmp_path):
    assert files.read(saved(tmp_path, "Ça va?\r\n“Yes.”\n".encode())) == "Ça va?\r\n“Yes.”\n"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    assert files.read(saved(tmp_path, b"\xef\xbb\xbfIntroduction")) == "Introduction"


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    assert len(files.read(saved(tmp_path, b"a" * MAX_BYTES))) == MAX_BYTES


def test_a_larger_file_is_refused_without_being_read(tmp_path, monkeypatch):
    path = saved(tmp_path, b"a" * (MAX_BYTES + 1))
    monkeypatch.setattr(type(path), "read_bytes", lambda self: pytest.fail("it was read"))

    assert refused(path) == (
        1,
        "has 5,242,881 bytes, the limit is 5,242,880. Divide it into single articles.",
    )


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n", "\u00a0\u2028".encode()])
def test_a_file_without_a_word_is_refused(tmp_path, data):
    assert refused(saved(tmp_path, data)) == (1, "is empty. Name a file with an article in it.")


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"One\ntwo\nthr\xffee", 3, "the byte 0xFF is not UTF-8. Save the file as UTF-8."),
        (b"One\r\ntwo\r\nna\xefve", 3, "the byte 0xEF is not UTF-8. Save the file as UTF-8."),
        (b"One\rtwo\rthree \x93", 3, "the byte 0x93 is not UTF-8. Save the file as UTF-8."),
        (b"\xef\xbb\xbfOne\nt\xe4o", 2, "the byte 0xE4 is not UTF-8. Save the file as UTF-8."),
        (b"One\n\x89PNG\0\0", 2, "has a NUL byte, so it is not text. Save it as plain text."),
        ("One".encode("utf-16"), 1, "is encoded in UTF-16. Save it as UTF-8."),
        (b"One\ntwo\x0cthree", 2, "has the control character U+000C. Remove it."),
        (b"\x1bOne", 1, "has the control character U+001B. Remove it."),
    ],
)
def test_what_is_not_utf_8_text_is_refused_with_the_line_of_the_first_bad_byte(tmp_path, data, line, message):
    assert refused(saved(tmp_path, data)) == (line, message)


def test_a_missing_file_is_refused(tmp_path):
    assert refused(tmp_path / "nothing.txt") == (1, "there is no such file. Check the path.")


def test_a_directory_is_refused(tmp_path):
    assert refused(tmp_path) == (1, "is a directory. Name one file in it.")


def test_a_device_is_refused_without_waiting_for_its_end():
    assert refused(files.Path("/dev/zero")) == (1, "is not an ordinary file. Save the article as one.")


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, b"One")

    def forbid(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", forbid)

    assert refused(path) == (1, "can't be read (Permission denied). Check the path and your rights.")
