"""What was called otherwise while lists were imported for enterprises only; oldest name first, and no line ever goes."""

from keqiao.kernel.steps.renames import model_was, operation_was

model_was("imports.Import", "enterprises.Import")
operation_was("apply_import", "import_enterprises")
