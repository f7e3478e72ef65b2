from django.db import models


class Word(models.Model):
    """A word that something published has or had, in its language, with what its inflections share.

    It says what words there are, and never what is live: a search asks that of publications.
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60, help_text="In lower case, as it is written.")
    folded = models.CharField(max_length=60, db_index=True, help_text="Without diacritics.")
    stem = models.CharField(max_length=60)
    titled = models.BooleanField(default=False, help_text="A title has it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="word_once_in_language")]
        indexes = [models.Index(fields=["stem", "language"], name="word_stem")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"
