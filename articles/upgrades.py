"""What brings an older document up to the next schema: pure functions, one for each step."""

from articles.models.image import MIDDLE
from articles.records import JSON


def with_pictures(document: JSON) -> JSON:
    """Sections may show images, each use describes its own, and images have a focal point and renditions."""
    sections = document.get("sections", [])
    described = sections
    if isinstance(sections, list):  # what comes from elsewhere is checked only once it is upgraded
        described = [_with_picture(each) if isinstance(each, dict) else each for each in sections]
    return _with_picture(document) | {"schema": document["schema"] + 1, "sections": described}


def with_corrections(document: JSON) -> JSON:
    """A log says what readers were told wrongly."""
    return document | {"schema": document["schema"] + 1, "corrections": []}


def with_translation(document: JSON) -> JSON:
    """An article may say which one it translates."""
    return document | {"schema": document["schema"] + 1, "translates": None}


def _with_picture(shown: JSON) -> JSON:
    image = shown.get("image")
    if isinstance(image, dict):
        image = image | {"focal_x": MIDDLE, "focal_y": MIDDLE, "renditions": []}
    own = {"caption": ""} if "role" in shown else {}
    return shown | {"image": image, "image_alt": "", "image_decorative": False} | own
