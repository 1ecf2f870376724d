"""What of engagements is seen: one file a step. Importing this declares all of it, and the steps and jobs with it."""

from keqiao.engagement import downloads, queries, tasks  # noqa: F401 - who sees what, which files, which jobs
from keqiao.engagement.archive import resources  # noqa: F401 - each declares its step
from keqiao.engagement.contracting import resources  # noqa: F401 - each declares its step
from keqiao.engagement.delivery.resources import adjustment, complaint, delivery, implementation  # noqa: F401 - each declares its step
from keqiao.engagement.intake import resources  # noqa: F401 - each declares its step
from keqiao.engagement.preparation.resources import group, investigation, plan  # noqa: F401 - each declares its step
from keqiao.engagement.resources import catalogue, engagement, reference  # noqa: F401 - each declares its step
