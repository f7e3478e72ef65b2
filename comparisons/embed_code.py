"""The lines of HTML by which another site shows the card of a comparison. Pure."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 600, 440  # pixels: three differences of four paths fit
FRAME = (
    '<iframe src="{}embed/" title="{}" width="{}" height="{}" style="max-width: 100%" '
    'loading="lazy"></iframe>'
)


def frame(address: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> SafeString:
    """`address` is that of the comparison's page, with its host."""
    return format_html(FRAME, address, title, width, height)
