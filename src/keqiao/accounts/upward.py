"""What those below and the libraries at the door are given: proof of who is there, and the log of security events."""

from keqiao.accounts.models import SecurityEvent
from keqiao.accounts.pages import events
from keqiao.accounts.signin import confirmation, proof, receivers, terminal
from keqiao.faces import confirmation as steps
from keqiao.faces import egress_log
from keqiao.kernel.record import append_only, take_up

append_only.guard("accounts_securityevent")
take_up.regularly(SecurityEvent)  # most are written outside of steps
receivers.connect()
egress_log.register(events.write_egress)
steps.register(asks=confirmation.confirmation_required_to_change, proved=proof.proved, typed=terminal.proved)
