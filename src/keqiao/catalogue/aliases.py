"""What was called otherwise when its first entries were sealed; oldest name first, and no line ever goes."""

from keqiao.kernel.steps.renames import model_was, operation_was

model_was("catalogue.ServiceFamily", "engagement.ServiceFamily")
model_was("catalogue.ServiceItem", "engagement.ServiceItem")
model_was("catalogue.MaterialKind", "engagement.MaterialKind")
model_was("catalogue.DeliverableKind", "engagement.DeliverableKind")
model_was("catalogue.MilestoneTemplate", "engagement.PlanStep", "engagement.MilestoneTemplate")
operation_was("create_milestone_template", "create_plan_step")
operation_was("update_milestone_template", "update_plan_step")
operation_was("retire_milestone_template", "retire_plan_step")
operation_was("reuse_milestone_template", "reuse_plan_step")
