"""What readers send."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Comment
from articles.records import UNPRINTABLE


class ReplyForm(forms.ModelForm):
    """A reply in plain text. `website` is left empty by people and filled in by robots."""

    website = forms.CharField(required=False)

    class Meta:
        model = Comment
        fields = ("name", "email", "text")
        error_messages = {
            "name": {"required": _("Give a name to stand beside your reply.")},
            "text": {"required": _("Write your reply first.")},
            "email": {"invalid": _("This is not a complete e-mail address. Correct it, or leave it empty.")},
        }

    @property
    def is_robot(self) -> bool:
        return bool(self.data.get("website", "").strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("name", "text"):
            if UNPRINTABLE.search(cleaned.get(name, "")):
                self.add_error(name, gettext("It holds a control character. Type it anew or remove that."))
        return cleaned
