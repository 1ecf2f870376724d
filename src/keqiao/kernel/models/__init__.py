from keqiao.kernel.models.calendar import Holiday, HolidayYear
from keqiao.kernel.models.numbering import Counter, NumberFormat
from keqiao.kernel.models.outbox import Outbox, TimedJob
from keqiao.kernel.models.vault import Blob, EnterpriseKey

__all__ = ["Blob", "Counter", "EnterpriseKey", "Holiday", "HolidayYear", "NumberFormat", "Outbox", "TimedJob"]
