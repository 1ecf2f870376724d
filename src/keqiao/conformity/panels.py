"""The pictures of conformity."""

from keqiao.conformity.charts import by_part
from keqiao.conformity.queries import may_read
from keqiao.faces.pictures import picture

picture(name="evidence-by-part", of="conformity", draw=by_part, who=may_read)
