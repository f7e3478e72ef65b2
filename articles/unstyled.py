"""HTML of our templates as it reads without our styles: what these keep apart, signs keep apart. Pure."""

import re

LETTER = '<span class="letter"></span>'  # drawn by our styles
APART = (
    (re.compile(r'<span class="kind">(.*?)</span>'), r"(\1)"),
    (re.compile(r'</strong>\s*(?=<span class="point-text">)'), "</strong> – "),
    (re.compile(r"</span>\s*(?=<span)"), "</span> · "),
    (re.compile(r"</a>(?=<a )"), "</a> "),
)


def unstyled(html: str, without: re.Pattern[str]) -> str:
    """The HTML without what the pattern finds once nothing is left that is only drawn."""
    text = without.sub("", html.replace(LETTER, ""))
    for run_together, between in APART:
        text = run_together.sub(between, text)
    return text
