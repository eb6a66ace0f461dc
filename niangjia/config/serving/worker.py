"""The jobs worker: takes the jobs that requests and commands have put into the database."""

import sys

from django.core.management import execute_from_command_line

from niangjia.config.serving.children import end_with_parent

CONCURRENCY = "2"


def main() -> None:
    """Work until told to stop; a job in hand is finished first."""
    end_with_parent()
    execute_from_command_line(
        [sys.argv[0], "procrastinate", "worker", f"--concurrency={CONCURRENCY}", "--shutdown-graceful-timeout=10"]
    )


if __name__ == "__main__":
    main()
