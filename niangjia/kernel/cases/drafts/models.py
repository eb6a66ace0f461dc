"""What somebody has written so far for a move, and not sent yet."""

from django.db import models
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case


class Draft(models.Model):
    """A form that somebody has begun (草稿): for which move of which case, sealed, seen by herself alone."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    # Which kind of case, and which of its moves; of a case that is not there yet, the move that opens it.
    kind = models.CharField(max_length=32)
    move = models.CharField(max_length=32)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    # Both what she was shown when she began, and what she wrote: so that her changes can be told from the others'.
    words_sealed = models.BinaryField(null=True)
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    # Since when it is not wanted any more, or its move is made: then there are no words.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "kind", "move", "case"], name="draft_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(move=""), name="draft_of_a_move"),
        )
        indexes = (models.Index(fields=["saved_at"], name="draft_saved"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.move} {self.case_id}"
