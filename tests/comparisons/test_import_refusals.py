"""`manage.py import_article`: what it refuses, in one line, and nothing is stored."""

import pytest

from articles import documents, trash
from comparisons.models import CareerPath
from tests.comparisons.imported import refused, run, saved, stored

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "is empty. Name a file with an article in it."),
        (b"Understanding Sales\nWe\0sell.", 2, "has a NUL byte, so it is not text. Save it as plain text."),
        (b"Understanding Sales\nWe s\xe9ll.", 2, "the byte 0xE9 is not UTF-8. Save the file as UTF-8."),
        (
            b"a" * (5 * 1024 * 1024 + 1),
            1,
            "has 5,242,881 bytes, the limit is 5,242,880. Divide it into single articles.",
        ),
        (
            b"A letter.\nTo somebody.",
            1,
            "no careers to compare were found. Name two to four careers in headings such as "
            "“Understanding …”, or in a title “… vs …”.",
        ),
    ],
)
def test_a_file_that_is_no_article_gets_one_line_and_stores_nothing(tmp_path, data, line, message):
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    before = stored()

    assert refused(path, publish=True) == (2, f"{path}:{line}: {message}")
    assert stored() == before


def test_a_missing_file_and_a_directory_get_one_line(tmp_path):
    assert refused(tmp_path / "none.txt") == (
        2,
        f"{tmp_path}/none.txt:1: there is no such file. Check the path.",
    )
    assert refused(tmp_path) == (2, f"{tmp_path}:1: is a directory. Name one file in it.")


def test_a_text_that_would_lose_a_word_is_refused_and_nothing_is_stored(tmp_path, monkeypatch):
    def without_nursing(html):
        return html.replace("nurse", "")

    field = CareerPath.sections.rel.related_model._meta.get_field("body")
    monkeypatch.setattr(field, "sanitize", without_nursing)
    before = stored()
    path = saved(tmp_path)

    assert refused(path) == (
        2,
        f"{path}:11: the word “nurse” would be lost. Write the line as plain text.",
    )
    assert stored() == before


def test_a_document_that_cannot_be_stored_is_refused_in_one_line(tmp_path, monkeypatch):
    def refuse(document):
        raise documents.DocumentError([documents.Problem("title", "is odd.")])

    monkeypatch.setattr(documents, "restore", refuse)
    path = saved(tmp_path)

    assert refused(path) == (2, f"{path}:1: can't be stored: title: is odd.")


def test_nothing_is_imported_into_the_trash(tmp_path):
    path = saved(tmp_path)
    run(path)
    trash.trash(CareerPath.objects.order_by("slug")[0], by=None)
    before = stored()
    assert "is in the trash. Put it back first." in refused(path)[1]
    assert stored() == before
