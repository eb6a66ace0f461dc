"""The page of workflows: every table in every version as a diagram and as lines, so that a change is seen in review."""

from collections.abc import Callable, Iterable, Iterator

from niangjia.kernel.cases.catalogue import flows
from niangjia.kernel.cases.kinds import kind_of
from niangjia.kernel.cases.rules import Move, Stage, Tier, Workflow

INTRO = """A case goes by the table it was opened under: a version with cases is never edited, a new one stands beside it (`niangjia migrate` refuses the edit, and the database
refuses every change that no table has). In brackets stand moves that the program makes by itself when a time is over.
"""


def workflow_page(head: str, table: Callable[[tuple[str, ...], Iterable[tuple[str, ...]]], str]) -> str:
    """Every workflow as a diagram, with its stages, moves and times."""
    parts = [head, "# Workflows · 办理流程\n", INTRO]
    for flow in sorted(flows(), key=lambda each: (each.kind, each.version)):
        words = kind_of(flow.kind)
        title = f"{flow.kind} {flow.version}" + (f" · {words.words}" if words else "")
        parts += [f"## {title}\n", _diagram(flow), ""]
        parts += [table(("stage", "step", "what is special"), map(_stage_line, flow.stages)), ""]
        parts += [table(("move", "from", "to", "who", "roles", "asks for", "times"), map(_move_line, flow.moves)), ""]
        if flow.tiers:
            parts += [
                table(("time", "how long", "local parameter", "source", "reminders"), map(_tier_line, flow.tiers)),
                "",
            ]
    return "\n".join(parts)


def _diagram(flow: Workflow) -> str:
    lines = [f"    [*] --> {flow.start}", *_arrows(flow)]
    lines += [f"    {stage.name} --> [*]" for stage in flow.stages if stage.is_final]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _arrows(flow: Workflow) -> Iterator[str]:
    """One arrow for each pair of stages, with the moves that lead along it."""
    along: dict[tuple[str, str], list[str]] = {}
    for stage, move, to in flow.changes():
        if stage:
            along.setdefault((stage, to), []).append(f"({move})" if flow.move(move).when_over else move)
    for (stage, to), moves in along.items():
        yield f"    {stage} --> {to}: {', '.join(moves)}"


def _stage_line(stage: Stage) -> tuple[str, ...]:
    pool = stage.pool
    special = (
        "ends the case" if stage.is_final else "",
        f"times rest: {stage.pauses}" if stage.pauses else "",
        "waits for who asked" if stage.waits_for_asker else "",
        f"decided by {pool.mode.value} {pool.number}, agreeing is `{pool.agrees}`" if pool else "",
    )
    return (f"`{stage.name}`", str(stage.step), "; ".join(filter(None, special)))


def _move_line(move: Move) -> tuple[str, ...]:
    asks = (
        f"form `{move.form}`" if move.form else "",
        f"one of {', '.join(move.reasons)}" if move.reasons else "",
        "a public notice that is over" if move.needs_notice else "",
        "" if move.is_told else "who asked is not told",
    )
    times = (
        f"starts {', '.join(move.starts)}" if move.starts else "",
        f"stops {', '.join(move.stops)}" if move.stops else "",
        f"when {move.when_over} is over" if move.when_over else "",
    )
    at_desk = any(who.value not in ("asker", "clock") for who in move.who)
    roles = ", ".join(sorted(role.value for role in move.roles)) if at_desk else ""
    return (
        f"`{move.name}`",
        ", ".join(sorted(move.leaves)),
        move.to,
        ", ".join(sorted(who.value for who in move.who)),
        roles,
        "; ".join(filter(None, asks)),
        "; ".join(filter(None, times)),
    )


def _tier_line(tier: Tier) -> tuple[str, ...]:
    long = f"{tier.term.number} {tier.term.unit.value}" + (", may be lengthened once" if tier.may_extend else "")
    return (
        f"`{tier.key}`",
        long,
        f"`{tier.parameter}`" if tier.parameter else "",
        tier.term.source,
        ", ".join(f"{days} working days before" for days in tier.remind_before),
    )
