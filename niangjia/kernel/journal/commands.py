"""The journal for operators: prove it."""

from argparse import Namespace
from dataclasses import asdict

from niangjia.kernel.commands import DONE, REFUSED, Command, Outcome
from niangjia.kernel.journal.queries import verify
from niangjia.kernel.journal.services import seal_waiting


def verify_journal(_arguments: Namespace) -> Outcome:
    """Seal what waits, then recompute every seal, block and link, and hold the heads against the anchors."""
    while seal_waiting():
        pass
    proof = verify()
    words = f"{proof.checked} entries checked, {len(proof.violations)} violations"
    return Outcome(asdict(proof), exit_code=REFUSED if proof.violations else DONE, words=words)


COMMANDS = (Command("verify-journal", "prove that the journal is whole and unaltered", verify_journal),)
