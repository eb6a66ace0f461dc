"""Rows that count their own changes, so that whoever comes back later sees that somebody was here."""

import pgtrigger


def counts_revisions() -> pgtrigger.Trigger:
    """The database adds one to `revision` with every change of the row, whoever makes it and however."""
    return pgtrigger.Trigger(
        name="revision_counts_on",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="NEW.revision = OLD.revision + 1; RETURN NEW;",
    )
