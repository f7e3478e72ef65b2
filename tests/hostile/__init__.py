"""Markup that would run a script, send a form elsewhere or pass for the page's own, were it let through.

Every one of them that runs calls `alert(1)` or sets `pwned`.
"""

import json
from pathlib import Path

MARKUP: list[str] = json.loads(Path(__file__).with_name("markup.json").read_text())
