"""Rich text: what an editor may write, and the allow-list that holds it to that."""

from typing import Any

from django_prose_editor.fields import ProseEditorField

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "ListItem": True,
    "OrderedList": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HTML": False,
}


class RichTextField(ProseEditorField):
    """Sanitised HTML. Headings start at level 3: the page and its sections have the first two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, extensions=dict(EXTENSIONS), sanitize=True, **kwargs)
