"""What the services on offer mean elsewhere: a clause of 5 is asked about where its item is offered (4.1.1)."""

from keqiao.catalogue.queries import codes_offered_on
from keqiao.conformity.measures import services_offered

services_offered(codes_offered_on)
