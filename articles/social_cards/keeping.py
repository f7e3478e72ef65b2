"""Cards in the storage: drawn when somebody first asks, kept under their digest, forgotten after a while."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageOps

from articles import whole_files
from articles.social_cards import drawing
from articles.social_cards.card import Card, Picture

HOME = "cards"
KEPT = timedelta(days=90)  # what is still shown is drawn again then, when somebody asks

logger = logging.getLogger(__name__)
_drawing = Lock()  # one at a time in each process: a crowd that comes for a new card has it drawn once


@dataclass(frozen=True, slots=True)
class Drawn:
    """The file of a card; not `whole` where its picture could not be read just now."""

    png: bytes
    whole: bool = True


def drawn(card: Card, digest: str) -> Drawn:
    """The card's file, which is made and kept where it is not there yet."""
    found = _kept(digest)
    if found is None:
        with _drawing:
            found = _kept(digest) or _made(card, digest)
    return found


def _name(digest: str) -> str:
    return f"{HOME}/{digest[:2]}/{digest}.png"


def _kept(digest: str) -> Drawn | None:
    try:
        with default_storage.open(_name(digest)) as file:
            return Drawn(bytes(file.read()))
    except OSError:
        return None


def _made(card: Card, digest: str) -> Drawn:
    picture = _cropped(card.picture) if card.picture else None
    made = Drawn(drawing.png(card, picture), whole=picture is not None or card.picture is None)
    if made.whole:
        _keep(made, digest)
    return made


def _keep(made: Drawn, digest: str) -> None:
    try:
        with whole_files.written(_name(digest)) as file:
            file.write(made.png)
    except OSError:
        logger.exception("The card %s can’t be kept, and is drawn for each who asks.", digest)


def _cropped(picture: Picture) -> Image.Image | None:
    """As large as its place on the card; none where the file is not there."""
    try:
        with default_storage.open(picture.file) as file, Image.open(file) as found:
            shown = found.convert("RGB")
    except OSError:
        return None
    centre = (picture.x / 100, picture.y / 100)
    return ImageOps.fit(shown, drawing.PICTURE_SIZE, Image.Resampling.LANCZOS, centering=centre)


def forget_old() -> None:
    """Cards that were drawn long ago: most of them show what nothing says any more."""
    _forget(timezone.now() - KEPT)


def _forget(before: datetime) -> None:
    if not default_storage.exists(HOME):
        return
    for part in default_storage.listdir(HOME)[0]:
        for file in default_storage.listdir(f"{HOME}/{part}")[1]:
            if default_storage.get_modified_time(name := f"{HOME}/{part}/{file}") < before:
                default_storage.delete(name)
