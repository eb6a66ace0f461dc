"""Looks for operators: prove that none was taken away or changed."""

from argparse import Namespace
from dataclasses import asdict

from niangjia.kernel.commands import DONE, REFUSED, Command, Outcome
from niangjia.kernel.reveal.queries import verify_looks


def verify(_arguments: Namespace) -> Outcome:
    """Hold every look against the digest in its journal entry."""
    proof = verify_looks()
    words = f"{proof.rows} looks of {proof.checked} entries checked, {len(proof.violations)} violations"
    return Outcome(asdict(proof), exit_code=REFUSED if proof.violations else DONE, words=words)


COMMANDS = (Command("verify-looks", "prove that the record of who looked at whom is whole and unaltered", verify),)
