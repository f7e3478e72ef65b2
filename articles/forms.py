"""What readers send."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.comments import arriving, texts
from articles.models import Comment
from articles.models.comment import MAX_LENGTH
from articles.records import UNPRINTABLE

INVALID_ADDRESS = _("This is not a complete e-mail address. Correct it, or leave it empty.")


class TypedField(forms.CharField):
    """Plain text, without what nobody sees."""

    def to_python(self, value: Any) -> str:
        return texts.cleaned(super().to_python(value) or "")


class LineField(TypedField):
    def to_python(self, value: Any) -> str:
        return texts.line(super().to_python(value) or "")


class EditForm(forms.Form):
    """The words of a reply."""

    name = LineField(max_length=80, error_messages={"required": _("Give a name to stand beside your reply.")})
    text = TypedField(max_length=MAX_LENGTH, error_messages={"required": _("Write your reply first.")})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("name", "text"):
            if UNPRINTABLE.search(cleaned.get(name, "")):
                self.add_error(name, gettext("It holds a control character. Type it anew or remove that."))
        try:
            arriving.refuse_links(cleaned.get("name", ""), cleaned.get("text", ""))
        except arriving.Refused as refused:
            self.add_error("text", str(refused))
        return cleaned


class ReplyForm(EditForm):
    """A reply in plain text. `website` is left empty by people and filled in by robots."""

    email = forms.EmailField(required=False, max_length=254, error_messages={"invalid": INVALID_ADDRESS})
    follow = forms.BooleanField(required=False)
    website = forms.CharField(required=False)

    @property
    def is_robot(self) -> bool:
        return bool(self.data.get("website", "").strip())

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("follow") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Give the address to which mail about other replies is to go."))
        return cleaned

    def reply(self) -> Comment:
        """As it is to be taken in."""
        return Comment(**{name: self.cleaned_data[name] for name in ("name", "email", "text")})


class AddressForm(forms.Form):
    """An address, to have what is kept about it."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Give the address that you wrote with."),
            "invalid": _("This is not a complete e-mail address. Correct it."),
        },
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email
