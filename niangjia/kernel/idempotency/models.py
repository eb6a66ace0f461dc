"""What a write was answered with, so that the same request sent again is answered, not done again."""

from django.db import models


class Answer(models.Model):
    """The answer kept for one key (留存答复); it names nobody: who, key and content are keyed indexes, the rest is sealed."""

    key_blind = models.BinaryField(max_length=16)
    request_blind = models.BinaryField(max_length=16)
    answer_sealed = models.BinaryField(null=True)
    # Only the day, and the same for all of that day: an hour would tell who wrote when.
    expires_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key_blind"], name="answer_key_once"),)
        indexes = (models.Index(fields=["expires_on"], name="answer_expires"),)

    def __str__(self) -> str:
        return str(self.pk)
