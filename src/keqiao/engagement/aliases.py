"""What was called otherwise when its first entries were sealed; oldest name first, and no line ever goes."""

from keqiao.kernel.steps.renames import model_was, operation_was

model_was("engagement.StageLimit", "engagement.StepLimit")
operation_was("create_stage_limit", "create_step_limit")
operation_was("update_stage_limit", "update_step_limit")
model_was("engagement.MilestoneTemplate", "engagement.PlanStep")
operation_was("create_milestone_template", "create_plan_step")
operation_was("update_milestone_template", "update_plan_step")
operation_was("retire_milestone_template", "retire_plan_step")
operation_was("reuse_milestone_template", "reuse_plan_step")
