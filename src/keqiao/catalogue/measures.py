"""What conformity is told of the catalogue: which services of clause 5 the institution offers (4.1.1)."""

from keqiao.catalogue.queries import codes_offered_on
from keqiao.conformity.registry import services_offered

services_offered(codes_offered_on)
