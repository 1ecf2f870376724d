"""Which of all mutants are tried: as many as asked for, by a seed, spread over kinds and parts."""

import hashlib
from collections import defaultdict
from itertools import chain
from pathlib import Path

from mutants.evidence import lines, measures
from mutants.guards import guards
from mutants.intervals import intervals
from mutants.locks import locks
from mutants.policies import policies
from mutants.source import Mutant, sources
from mutants.states import begun_elsewhere, looks

KINDS = ("policy", "guard", "lock", "state", "evidence", "interval")
FINDERS = (policies, guards, locks, looks, measures, intervals)


def every(home: Path) -> list[Mutant]:
    """Everything that can be taken away."""
    files = sources(home)
    in_code = chain.from_iterable(find(source) for source in files for find in FINDERS)
    found = {mutant.key: mutant for mutant in (*in_code, *begun_elsewhere(home, files), *lines(home))}
    return list(found.values())


def chosen(mutants: list[Mutant], *, seed: int, count: int) -> list[Mutant]:
    """The kinds in turn, within a kind the parts of the house in turn. What the seed prefers stays so when other code changes."""
    queues = {kind: in_turn([mutant for mutant in mutants if mutant.kind == kind], seed) for kind in KINDS}
    taken: list[Mutant] = []
    while len(taken) < count and any(queues.values()):
        for queue in queues.values():
            if queue and len(taken) < count:
                taken.append(queue.pop(0))
    return sorted(taken, key=lambda mutant: (KINDS.index(mutant.kind), mutant.path, mutant.line, mutant.what))


def in_turn(mutants: list[Mutant], seed: int) -> list[Mutant]:
    parts: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in sorted(mutants, key=lambda mutant: lot(seed, *mutant.key)):
        parts[mutant.part].append(mutant)
    order = sorted(parts, key=lambda part: lot(seed, part))
    longest = max(map(len, parts.values()), default=0)
    return [parts[part][turn] for turn in range(longest) for part in order if turn < len(parts[part])]


def lot(seed: int, *words: str) -> str:
    return hashlib.sha256("\0".join((str(seed), *words)).encode()).hexdigest()
