"""Documents live for years: a sample of every schema that was ever published can still be read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from articles import documents, kinds

SAMPLES = sorted(Path(__file__).with_name("documents").glob("schema-*.json"))


def sample(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_is_a_sample_of_every_schema_of_every_kind():
    kept = {(document["kind"], document["schema"]) for document in map(sample, SAMPLES)}
    assert kept == {(kind.name, number) for kind in kinds.every() for number in range(1, kind.schema + 1)}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_upgraded_sample_fits_the_present_schema(path):
    document = documents.upgrade(sample(path))
    Draft202012Validator(documents.schema(document["kind"])).validate(document)


@pytest.mark.django_db
def test_the_samples_can_be_restored_and_composed_again_unchanged():
    for path in SAMPLES:
        document = documents.upgrade(sample(path))
        assert documents.compose(documents.restore(document)) == without_renditions(document), path.stem


def without_renditions(document):
    """Files don't come with a document: where an image is new, it has none yet."""
    for shown in (document, *document["sections"]):
        if shown["image"]:
            shown["image"]["renditions"] = []
    return document
