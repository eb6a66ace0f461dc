"""The jobs worker: takes the jobs that requests and commands have put into the database, and seals the journal."""

import sys
from threading import Event, Thread

import django
from django.core.management import execute_from_command_line
from django.utils.module_loading import import_string

from niangjia.config.serving.children import end_with_parent

# Named, not imported: its models can be loaded only after `django.setup()`.
SEALING = "niangjia.kernel.journal.services.keep_sealing"
SWEEPING = "niangjia.kernel.files.sealed_files.sweep_leftovers"
# Rosters and exports take minutes; a code to a phone must find a hand free beside them.
CONCURRENCY = "4"


def main() -> None:
    """Work until told to stop; a job in hand is finished first."""
    end_with_parent()
    django.setup()
    import_string(SWEEPING)()
    Thread(target=import_string(SEALING), args=(Event(),), name="sealing", daemon=True).start()
    execute_from_command_line(
        [sys.argv[0], "procrastinate", "worker", f"--concurrency={CONCURRENCY}", "--shutdown-graceful-timeout=10"]
    )


if __name__ == "__main__":
    main()
