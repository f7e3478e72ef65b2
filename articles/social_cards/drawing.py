"""A card as a PNG of 1200 × 630 pixels, the size that other sites ask for. The same card, the same bytes."""

import io
from collections.abc import Iterator, Sequence

from PIL import Image, ImageColor, ImageDraw

from articles.social_cards.card import Card
from articles.social_cards.lettering import Setting, fitted, length, writable, write

WIDTH, HEIGHT = SIZE = (1200, 630)
MARGIN = 72
PAPER, INK, SOFT, RULE = "#fcfbf8", "#1c1e21", "#55585c", "#dcd8cf"  # as in site.css, as are the hues
HUES = ("#17406d", "#b1451a", "#4b1d50", "#536b0c")
LETTERS = "ABCD"
HEAD, FOOT, BAND, STRIPE = 132, 104, 190, 20
PICTURE_SIZE = PICTURE, _ = (400, HEIGHT)  # of an article's own picture, beside its title
FINER = 4  # what has round edges is drawn so many times as large, then made smaller
UNEVEN = 1.3  # the largest name of a contender beside the smallest
STEPS = 18  # between two colours, for smooth edges
TITLE, NAME = range(108, 43, -4), range(42, 19, -2)
LEADING = 1.08
MARK = (  # as in icon.svg, where a square has sides of 32
    (HUES[0], ((16, 20), (16, 13), (7, 14), (7, 5))),
    (HUES[1], ((16, 20), (16, 13), (25, 14), (25, 5))),
    (INK, ((16, 20), (16, 22.7), (16, 25.3), (16, 28))),
)
Point = tuple[float, float]


def png(card: Card, picture: Image.Image | None = None) -> bytes:
    """`picture` stands beside the title, and has its size already."""
    drawn = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(drawn)
    title = writable(card.title)
    if title:
        _page(drawn, draw, card, title, WIDTH - (PICTURE + MARGIN // 2 if picture else MARGIN))
    else:
        _nameless(drawn, draw, card)
    if card.contenders:
        _contenders(drawn, draw, [writable(name) for name in card.contenders])
        picture = picture and picture.crop(
            (0, BAND // 2, PICTURE, HEIGHT - BAND // 2)
        )  # it stands above them
    return _packed(drawn, picture)


def _packed(drawn: Image.Image, picture: Image.Image | None) -> bytes:
    """With 256 colours, a third of the bytes: words and blocks keep theirs, a picture has the rest."""
    own = [part for colour in _shades() for part in colour]
    small = drawn.quantize(palette=_palette(own), dither=Image.Dither.NONE)
    if picture:
        spare = 256 - len(own) // 3
        colours = picture.quantize(spare, method=Image.Quantize.MEDIANCUT)
        shown = picture.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG)
        small.putpalette(own + (shown.getpalette() or [])[: 3 * spare])
        moved = shown.point(lambda index: index + len(own) // 3)
        small.paste(Image.frombytes("P", moved.size, moved.tobytes()), (WIDTH - PICTURE, 0))
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def _palette(colours: Sequence[int]) -> Image.Image:
    found = Image.new("P", (1, 1))
    found.putpalette(list(colours))
    return found


def _shades() -> Iterator[tuple[int, ...]]:
    paper = ImageColor.getrgb(PAPER)
    for end in map(ImageColor.getrgb, (INK, SOFT, RULE, *HUES)):
        for step in range(STEPS):
            yield tuple(round(a + (b - a) * step / (STEPS - 1)) for a, b in zip(paper, end, strict=True))


# --- What is on it -----------------------------------------------------------------------------------


def _page(drawn: Image.Image, draw: ImageDraw.ImageDraw, card: Card, title: str, right: int) -> None:
    _mark(drawn, (MARGIN - 11, 46), 60)
    write(draw, (MARGIN + 54, 89), writable(card.site), 38, 600, INK)
    label = writable(card.label)
    if MARGIN + 54 + length(writable(card.site), 38, 600) + 40 + length(label, 32, 400) < right:
        write(draw, (right - length(label, 32, 400), 89), label, 32, 400, SOFT)
    below = BAND if card.contenders else FOOT if card.line else STRIPE + 40
    room = (right - MARGIN, HEIGHT - below - HEAD - 36)
    made = fitted(title, room, TITLE, 600, leading=LEADING, most=5)
    _lines(draw, made, (MARGIN, HEAD + (room[1] - len(made.lines) * made.size * LEADING) / 2), INK)
    if card.line and not card.contenders:
        _foot(draw, writable(card.line), right)
    elif not card.contenders:
        _stripes(draw)


def _foot(draw: ImageDraw.ImageDraw, line: str, right: int) -> None:
    y = HEIGHT - FOOT
    draw.rectangle((MARGIN, y, right, y + 1), fill=RULE)
    for place, hue in enumerate(HUES[:2]):
        draw.rectangle((MARGIN + 56 * place, y - 1, MARGIN + 56 * place + 55, y + 2), fill=hue)
    made = fitted(line, (right - MARGIN, 40), (30, 28, 26, 24), 400, leading=1.1, most=1)
    write(draw, (MARGIN, y + 58), made.lines[0], made.size, 400, SOFT)


def _nameless(drawn: Image.Image, draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Where the font lacks letters of the title: the site's sign and name, as far as it has those."""
    site = writable(card.site)
    middle = (HEIGHT - (BAND if card.contenders else STRIPE)) // 2
    _mark(drawn, (WIDTH // 2 - 100, middle - (150 if site else 100)), 200)
    if site:
        made = fitted(site, (WIDTH - 2 * MARGIN, 110), range(84, 39, -4), 600, leading=1.1, most=1)
        write(draw, ((WIDTH - made.width) / 2, middle + 120), made.lines[0], made.size, 600, INK)
    if not card.contenders:
        _stripes(draw)


def _stripes(draw: ImageDraw.ImageDraw) -> None:
    for place, hue in enumerate(HUES):
        left = WIDTH * place // len(HUES)
        draw.rectangle((left, HEIGHT - STRIPE, left + WIDTH // len(HUES) - 1, HEIGHT), fill=hue)


def _contenders(drawn: Image.Image, draw: ImageDraw.ImageDraw, names: Sequence[str]) -> None:
    """Blocks side by side, each with its letter and its name."""
    edges = [WIDTH * place // len(names) for place in range(len(names) + 1)]
    lefts = [MARGIN, *(edge + 32 for edge in edges[1:-1])]
    rooms = [(right - 28 - left, 98.0) for left, right in zip(lefts, edges[1:], strict=True)]
    sizes = _sizes(names, rooms)
    for place, (name, left, room) in enumerate(zip(names, lefts, rooms, strict=True)):
        draw.rectangle((edges[place], HEIGHT - BAND, edges[place + 1] - 1, HEIGHT), fill=HUES[place])
        _badge(drawn, draw, (left, HEIGHT - (BAND - 26 if name else BAND // 2 + 21)), place)
        made = fitted(name, room, sizes, 600, leading=LEADING, most=3)
        _lines(draw, made, (left, HEIGHT - BAND + 80), PAPER)


def _sizes(names: Sequence[str], rooms: Sequence[tuple[float, float]]) -> Sequence[int]:
    """Those from which each name takes its own, so that none is much larger than the smallest."""
    made = (
        fitted(name, room, NAME, 600, leading=LEADING, most=3)
        for name, room in zip(names, rooms, strict=True)
    )
    most = min(each.size for each in made) * UNEVEN
    return [size for size in NAME if size <= most]


def _badge(drawn: Image.Image, draw: ImageDraw.ImageDraw, at: tuple[int, int], place: int) -> None:
    side = 42
    mask = Image.new("L", (side * FINER, side * FINER))
    corner = side * FINER - 1
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, corner, corner), 5 * FINER, fill=255)
    drawn.paste(PAPER, at, mask.resize((side, side), Image.Resampling.LANCZOS))
    x = at[0] + (side - length(LETTERS[place], 30, 700)) / 2
    write(draw, (x, at[1] + 31), LETTERS[place], 30, 700, HUES[place])


def _lines(draw: ImageDraw.ImageDraw, made: Setting, at: Point, colour: str) -> None:
    for number, line in enumerate(made.lines):
        y = at[1] + made.size * (LEADING * number + 0.82)
        write(draw, (at[0], y), line, made.size, made.weight, colour)


def _mark(drawn: Image.Image, at: tuple[int, int], side: int) -> None:
    scale = side * FINER / 32
    fine = Image.new("RGB", (side * FINER, side * FINER), PAPER)
    draw = ImageDraw.Draw(fine)
    for colour, curve in MARK:
        for x, y in _curve(curve):
            draw.circle((x * scale, y * scale), 2 * scale, fill=colour)
    drawn.paste(fine.resize((side, side), Image.Resampling.LANCZOS), at)


def _curve(points: Sequence[Point], steps: int = 96) -> Iterator[Point]:
    """Places along a cubic Bézier curve."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    for t in (step / steps for step in range(steps + 1)):
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
