"""What was called otherwise when its first entries were sealed; oldest name first, and no line ever goes."""

from keqiao.kernel.steps.renames import operation_was

operation_was("check_import_of_enterprises", "check_import")
operation_was("finish_import_of_enterprises", "finish_import")
