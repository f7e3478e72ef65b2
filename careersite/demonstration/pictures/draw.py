"""Draws the pictures of this folder anew: `python -m careersite.demonstration.pictures.draw`. Ours alone."""

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = WIDTH, HEIGHT = 1200, 675
FINER = 3  # drawn so much larger, for smooth edges
PAPER, INK, BLUE, RUST = "#f4f1ea", "#c9d3de", "#17406d", "#b1451a"
DAYS = 14


def main() -> None:
    for draw in (pieces_and_plan, fortnight):
        picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
        draw(ImageDraw.Draw(picture))
        small = picture.resize(SIZE, Image.Resampling.LANCZOS)
        name = draw.__name__.replace("_", "-")
        small.save(Path(__file__).parent / f"{name}.webp", quality=82, method=6)


def pieces_and_plan(drawing: ImageDraw.ImageDraw) -> None:
    """Small pieces that are all alike, and beside them a few long ones that follow from one another."""
    for row in range(9):
        for column in range(8):
            done = (row * 8 + column) < 47
            left, top = 105 + column * 58, 81 + row * 58
            _bar(drawing, left, top, 42, 42, RUST if done else INK, 6)
    for row, (start, length) in enumerate(((0, 190), (95, 240), (255, 130), (215, 215), (350, 110))):
        top = 90 + row * 106
        _bar(drawing, 645, top + 31, 460, 8, INK, 4)
        _bar(drawing, 645 + start, top, length, 70, BLUE, 10)


def fortnight(drawing: ImageDraw.ImageDraw) -> None:
    """A disc for each day, fuller than the day before."""
    radius = 56
    for day in range(DAYS):
        x, y = 150 + day % 7 * 150, 237 + day // 7 * 200
        box = [each * FINER for each in (x - radius, y - radius, x + radius, y + radius)]
        drawing.ellipse(box, fill=INK)
        last = day == DAYS - 1
        drawing.pieslice(box, -90, -90 + 360 * (day + 1) // DAYS, fill=RUST if last else BLUE)


def _bar(
    drawing: ImageDraw.ImageDraw, left: int, top: int, width: int, height: int, ink: str, bend: int
) -> None:
    box = [each * FINER for each in (left, top, left + width, top + height)]
    drawing.rounded_rectangle(box, bend * FINER, fill=ink)


if __name__ == "__main__":
    main()
