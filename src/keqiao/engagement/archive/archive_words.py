"""What the archive summary could say, gathered from the engagement: a start for the writer, not a decision."""

from django.utils.translation import gettext as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.kernel.platform import clock


def suggested(engagement: Engagement) -> dict[str, str]:
    return {
        "time": time(engagement),
        "content": f"{engagement.item.name}：{engagement.need}",
        "process": process(engagement),
        "effect": effect(engagement),
        "evaluation": evaluation(engagement),
    }


def time(engagement: Engagement) -> str:
    contract = engagement.contracts.first()
    parts = [_("Commissioned %(day)s.") % {"day": clock.day_of(engagement.created_at)}]
    if contract and contract.signed_on:
        parts.append(
            _("Contract %(number)s signed %(day)s.") % {"number": contract.number, "day": contract.signed_on}
        )
    if engagement.delivered_on:
        parts.append(_("Delivered %(day)s.") % {"day": engagement.delivered_on})
    return " ".join(parts)


def process(engagement: Engagement) -> str:
    counts = {
        "interviews": engagement.interviews.count(),
        "plans": engagement.plans.count(),
        "guidance": engagement.guidances.count(),
        "reports": engagement.progressreports.count(),
    }
    return (
        _(
            "%(interviews)s interviews, %(plans)s plan versions, %(guidance)s times guidance, %(reports)s progress reports."
        )
        % counts
    )


def effect(engagement: Engagement) -> str:
    rows = engagement.deliverables.filter(state=DeliverableState.ACCEPTED).order_by("pk")
    return "；".join(f"{deliverable.name}（{deliverable.number}）" for deliverable in rows)


def evaluation(engagement: Engagement) -> str:
    survey = engagement.surveys.first()
    if survey is None or survey.answered_at is None:
        return ""
    scores = list(survey.scores.values())
    mean = sum(scores) / len(scores)
    return " ".join(
        [_("Mean of the survey: %(mean)s of 10.") % {"mean": f"{mean:.1f}"}, survey.comment]
    ).strip()
