"""Somebody new is held against the register: who is called alike and was born on that day is found at once."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index, built while others write."""

    atomic = False
    dependencies = (("members", "0015_phone_proposal_settled_whole"),)
    operations = (
        AddIndexConcurrently("person", models.Index(fields=["name_sort", "birth_on"], name="person_sound_and_birth")),
    )
