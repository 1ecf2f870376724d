"""YAML as a tree of marked values, read from libyaml's events.

Only what a programme file needs: mappings, lists, text. Aliases, tags and repeated keys are refused, depth
and size are capped, so a hostile file costs no more than its size. Raises nothing but RuleError.
"""

from dataclasses import dataclass, field

import yaml

from eligibility.errors import RuleError

MAX_BYTES = 1_000_000
MAX_DEPTH = 30


@dataclass(slots=True)
class Marked:
    """A value and where it begins (line and column from 1). One of text, items, entries is in use."""

    line: int
    column: int
    kind: str
    text: str = ""
    block: bool = False
    items: list["Marked"] = field(default_factory=list)
    entries: dict[str, "Marked"] = field(default_factory=dict)
    pending: str | None = None

    def error(self, problem: str) -> RuleError:
        """An error at this place."""
        return RuleError(problem, line=self.line, column=self.column)

    def add(self, child: "Marked") -> None:
        """Append to a list; in a mapping, take as key and value in turn."""
        if self.kind == "list":
            self.items.append(child)
        elif self.pending is None:
            if child.kind != "text":
                raise child.error(f"expected a name as key, got a {child.kind}")
            if child.text in self.entries:
                raise child.error(f"expected each key once, got `{child.text}` again")
            self.pending = child.text
        else:
            self.entries[self.pending], self.pending = child, None


def read_document(content: bytes) -> Marked:
    """The one document of a file, in UTF-8 with or without a mark at its beginning."""
    if len(content) > MAX_BYTES:
        raise RuleError(f"expected a file of at most {MAX_BYTES} bytes, got {len(content)}; split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(
            f"expected UTF-8, got byte {error.start} that isn't; save the file as UTF-8"
        ) from None
    try:
        return _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = f"expected YAML, got: {error.problem or error.context}"
        raise RuleError(problem, line=line, column=column) from None
    except yaml.YAMLError as error:
        raise RuleError(f"expected YAML, got: {error}") from None


def _compose(text: str) -> Marked:
    top = Marked(1, 1, "list")
    stack = [top]
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.NodeEvent):
            value = _value(event)
            stack[-1].add(value)
            if value.kind != "text":
                stack.append(value)
                if len(stack) > MAX_DEPTH:
                    raise value.error(f"expected at most {MAX_DEPTH} levels, got more; a programme needs few")
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
    if len(top.items) != 1:
        raise RuleError(f"expected one YAML document, got {len(top.items)}", line=1, column=1)
    return top.items[0]


def _value(event: yaml.NodeEvent) -> Marked:
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise RuleError("expected plain values, got an anchor or alias", line=line, column=column)
    if isinstance(event, yaml.MappingStartEvent):
        value = Marked(line, column, "mapping")
    elif isinstance(event, yaml.SequenceStartEvent):
        value = Marked(line, column, "list")
    else:
        assert isinstance(event, yaml.ScalarEvent)
        value = Marked(line, column, "text", event.value, event.style in ("|", ">"))
        if event.style in ("'", '"'):
            value.column += 1
    if getattr(event, "tag", None) is not None:
        raise value.error("expected plain values, got a YAML tag")
    return value
