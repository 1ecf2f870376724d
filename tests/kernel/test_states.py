"""A table names for each state what may follow and which tone it has; what it leaves out is refused where it stands."""

import pytest
from django.db.models import TextChoices
from django.utils import translation

from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.states import Tone, table

pytestmark = pytest.mark.once


class Lamp(TextChoices):
    OFF = "off", "Off"
    ON = "on", "On"
    BROKEN = "broken", "Broken"


MOVES = {Lamp.OFF: (Lamp.ON, Lamp.BROKEN), Lamp.ON: (Lamp.OFF, Lamp.BROKEN), Lamp.BROKEN: ()}
TONES = {Lamp.OFF: Tone.TODO, Lamp.ON: Tone.CURRENT, Lamp.BROKEN: Tone.LATE}


def without(given, state):
    return {name: value for name, value in given.items() if name != state}


def test_a_table_knows_its_moves_its_tones_and_where_it_ends() -> None:
    made = table(Lamp, MOVES, tones=TONES)
    assert made.allows("off", "on")
    assert not made.allows("broken", "on")
    assert made.final == {"broken"}
    assert made.tones == {"off": Tone.TODO, "on": Tone.CURRENT, "broken": Tone.LATE}


@pytest.mark.parametrize(
    ("moves", "tones", "said"),
    [
        (
            MOVES,
            without(TONES, Lamp.ON),
            "Lamp: expected a tone for each state and for no other, came 'none for on'. Add the state to `tones`,",
        ),
        (
            without(MOVES, Lamp.BROKEN),
            TONES,
            "expected a move for each state and for no other, came 'none for broken'. Add the state to `moves`;",
        ),
        (MOVES, {**TONES, "dimmed": Tone.DUE}, "came 'dimmed'. Correct the name, or add it to the states."),
        (
            {**MOVES, Lamp.BROKEN: ("mended",)},
            TONES,
            "came 'mended'. Correct the name, or add it to the states.",
        ),
    ],
)
def test_what_a_table_leaves_out_or_makes_up_is_refused(moves, tones, said) -> None:
    with pytest.raises(DeclarationError) as refused, translation.override("en"):
        table(Lamp, moves, tones=tones)
    assert said in str(refused.value)
    assert refused.value.where.startswith("kernel/test_states.py, line ")
