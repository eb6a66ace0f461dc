"""What the wired workflows allow, as the database keeps it: written by the owner when migrating, by nobody else."""

from django.db import models


class Change(models.Model):
    """One change of stage that a workflow allows (允许的变动): the database refuses every other."""

    kind = models.CharField(max_length=32)
    version = models.IntegerField()
    # Empty for the stage in which a case begins.
    stage = models.CharField(max_length=32, blank=True)
    move = models.CharField(max_length=32)
    to = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "version", "stage", "move", "to"], name="change_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}: {self.stage} -{self.move}-> {self.to}"


class Version(models.Model):
    """A version of a workflow as it was wired (流程版本): the mark of all it says, so that what runs is not edited."""

    kind = models.CharField(max_length=32)
    version = models.IntegerField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "version"], name="version_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
