import pytest
from tests.sample.examples import loan
from tests.sample.states import LoanState
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import clock, outbox
from keqiao.kernel.steps.reactions import reactions
@pytest.mark.django_db
def test_x(world):
    print([ (r.name, r.after) for r in reactions()])
    n=Outbox.objects.order_by("-pk").first()
    loan(world, LoanState.LENT)
    print(outbox.run_due(now=clock.now()))
    print(list(Outbox.objects.order_by("-pk").values_list("pk","topic","state","due_at","error")[:6]))
    assert 0
