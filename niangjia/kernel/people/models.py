"""People as bare subjects: what accounts, cases and postings refer to."""

from django.db import models


class Subject(models.Model):
    """One person for life (人): no name, no number; only who holds the record (city) and the keyed blind index.

    This table is the person directory: blind index of the real-name key → the city whose database holds the person.
    """

    city = models.CharField(max_length=6)
    key_blind = models.BinaryField(max_length=16, null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key_blind"], name="subject_key_once"),)

    def __str__(self) -> str:
        return str(self.pk)
