from django.db import models


class PasswordRequest(models.Model):
    """That somebody asked for a new password, for an hour: so many are sent, and no more."""

    sender = models.CharField(max_length=64, help_text="A keyed hash of their network address.")
    about = models.CharField(max_length=64, help_text="A keyed hash of the mail address that was typed.")
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"at {self.asked_at:%Y-%m-%d %H:%M}"
