"""What those below and the libraries at the door are given: proof of who is there, and the log of security events."""

from keqiao.accounts.pages import events
from keqiao.accounts.signin import confirmation, proof, receivers
from keqiao.faces import confirmation as steps
from keqiao.faces import taken_out
from keqiao.kernel import append_only

append_only.guard("accounts_securityevent")
receivers.connect()
taken_out.register(events.write_taken_out)
steps.register(asks=confirmation.confirmation_required_to_change, proved=proof.proved)
