"""What was called otherwise when its first entries were sealed; oldest name first, and no line ever goes."""

from keqiao.kernel.steps.renames import model_was, operation_was

model_was("engagement.StageLimit", "engagement.StepLimit")
operation_was("create_stage_limit", "create_step_limit")
operation_was("update_stage_limit", "update_step_limit")
