"""Plans: programme versions compiled to shared metrics and thresholds, once for any number of enterprises."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from eligibility import tree
from eligibility.bulk.encoding_plan import Encoding, encoding_of
from eligibility.bulk.layout import Layout, build_layout
from eligibility.bulk.lowering import Steps, lower
from eligibility.bulk.questions import Question, verdict_question
from eligibility.bulk.tables import group_of
from eligibility.order import topological
from eligibility.programme import Version
from eligibility.tree import Bands, Compare, Logic, Node
from eligibility.vocabulary import APPLIED_ON


@dataclass(frozen=True)
class Plan:
    """What is asked, where its codes lie, and how codes become answers."""

    questions: tuple[Question, ...]
    layout: Layout
    encoding: Encoding
    steps: Steps

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts a table should have; those it lacks count as missing."""
        scalars = [ranked.core.scalar for ranked in self.encoding.ranked if ranked.core.scalar is not None]
        inside = [
            n.name for n in topological(scalars) if isinstance(n, tree.Fact | tree.Flag | tree.ScoreFact)
        ]
        names = (*self.encoding.whole_facts, *self.encoding.byte_facts, *self.layout.facts, *inside)
        return tuple(name for name in dict.fromkeys(names) if name != APPLIED_ON)

    @cached_property
    def fingerprint(self) -> str:
        """The same for plans whose codes are the same."""
        return hashlib.sha256(self.layout.describe().encode()).hexdigest()

    def with_versions(self, versions: Sequence[Version]) -> "Plan":
        """A plan for other versions on the same codes. Raises PlanError when they need other thresholds."""
        questions = tuple(verdict_question(version) for version in versions)
        return Plan(questions, self.layout, self.encoding, lower(self.layout, questions))


def compile_plan(versions: Iterable[Version]) -> Plan:
    """The plan of the verdicts and scores of some versions."""
    return plan_of_questions(verdict_question(version) for version in versions)


def plan_of_questions(questions: Iterable[Question]) -> Plan:
    """The plan of any questions; the answers come in their order."""
    asked = tuple(questions)
    nodes = tuple(_all_nodes(asked))
    layout = build_layout(_groups(nodes), _byte_facts(nodes))
    return Plan(asked, layout, encoding_of(layout), lower(layout, asked))


def _all_nodes(questions: tuple[Question, ...]) -> Iterator[Node]:
    """Every node an answer is made of, those inside metrics left out."""
    seen: set[Node] = set()
    waiting: list[Node] = []
    for question in questions:
        waiting += [node for node in (question.root, question.score, *question.entered) if node is not None]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += [child for child in node.children if not isinstance(child, tree.Scalar)]


def _groups(nodes: Iterable[Node]) -> Iterator[tuple[Compare, ...]]:
    for node in nodes:
        group = group_of(node) if isinstance(node, Logic | Bands) else None
        if group:
            yield group


def _byte_facts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, tree.Member):
            yield node.fact.name
        elif isinstance(node, tree.Flag | tree.Entered | tree.ScoreFact):
            yield node.name
