"""6.5: what is delivered or ended early is put into the archive."""

from keqiao.engagement.case.deadlines import step
from keqiao.engagement.case.states import Stage
from keqiao.kernel.steps.deadlines.registry import declare

declare(step(Stage.DELIVERED, Stage.ENDED_EARLY, clause="6.5", ends_with=("archive_engagement",)))
