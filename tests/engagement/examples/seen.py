"""What the generated tests are told of the models, pages and jobs of engagements."""

from tests.declared import hidden, inner, seen, topic, walked, without_data, wordless

for slug in ("contract-texts", "time-limits"):
    seen(slug, reference=True)
# A pack is numbers and hashes, an amendment's words stand in its contract's record, and the parts of both change with
# the whole.
wordless("archives", "amendments", "amendment-changes", "contract-elements")
inner(
    "SiteVisit", "Feasibility", "Interview", "Question", "QuestionnaireLink", "MaterialAnalysis", "Finding", "WorkingData",
    "Partner", "ArchiveSummary",
)  # fmt: skip
hidden("Contract", "returned_reason")
topic("send-survey", "the system asks by itself")
topic("archive-pack", "the system packs by itself")
without_data("q/", "a secret link; without the secret nothing")
without_data("s/", "a secret link; without the secret nothing")
without_data("surveys/", "asks the client's own answers; shows the questions")
walked(
    "engagements/<int:pk>",
    lambda found: [
        f"engagements/{world.rows_pk('Engagement', 'implementing')}" for world in found.sides.values()
    ],
)
walked(
    "surveys/<int:pk>",
    lambda found: [f"surveys/{world.rows_pk('Survey', '')}" for world in found.sides.values()],
)
walked("<str:secret>", lambda _found: ["nobody-knows-this"])
