"""From which state each step leads where, beside what a person reads clause 6 to say. The operations are asked for it, and
tests/every_operation sees that they hold to it."""

from keqiao.kernel.steps.operation import operations

GIVING = "draft submitted correcting"  # material, until its review is over (6.1.1, 6.1.2)
BEFORE = f"{GIVING} reviewed accepted"  # no contract binds yet
RUNNING = "contracted investigating planning implementing"
OPEN = f"{BEFORE} {RUNNING} suspended delivered ended_early"  # somebody is still in charge
RESEARCH = "investigating planning implementing"  # findings are added as they come (6.3.2, 6.3.4 b)

ENGAGEMENT = {
    "declare_truthful": (GIVING, ""),
    "submit_commission": ("draft", "submitted"),
    "request_material": (GIVING, ""),
    "request_correction": ("submitted", "correcting"),
    "resubmit_commission": ("correcting", "submitted"),
    "record_site_visit": ("submitted correcting reviewed", ""),  # before feasibility is decided
    "finish_review": ("submitted", "reviewed"),
    "decide_feasibility": ("reviewed", ""),
    "accept_commission": ("reviewed", "accepted"),
    "decline_commission": ("reviewed", "declined"),
    "cancel_engagement": (BEFORE, "cancelled"),
    "draft_contract": ("accepted", ""),
    "receive_custody": (OPEN, ""),
    "suspend_engagement": (RUNNING, "suspended"),
    "resume_engagement": ("suspended", RUNNING),
    "end_engagement_early": (f"{RUNNING} suspended", "ended_early"),
    "transfer_engagement": (OPEN, ""),
    "reckon_step_anew": (OPEN, ""),
    "form_group": ("contracted", "investigating"),
    "add_member": (RUNNING, ""),
    "assign_task": (RUNNING, ""),
    "analyse_material": (RESEARCH, ""),
    "record_interview": (RESEARCH, ""),
    "build_questionnaire": (RESEARCH, ""),
    "record_finding": (RESEARCH, ""),
    "finish_investigation": ("investigating", "planning"),
    "draft_plan": ("planning", ""),
    "log_guidance": (f"{RUNNING} delivered", ""),  # at any time (6.3.4 a)
    "add_working_data": (RUNNING, ""),
    "send_progress_report": (f"{RUNNING} suspended", ""),
    "engage_partner": (RUNNING, ""),
    "offer_adjustment": ("implementing", ""),
    "plan_deliverable": (RUNNING, ""),
    "finish_delivery": ("implementing", "delivered"),
    "send_survey": ("delivered archived", ""),  # the job may come after the archive was closed
    "write_archive_summary": ("delivered ended_early", ""),
    "archive_engagement": ("delivered ended_early", "archived"),
}
CONTRACT = {
    "set_contract_terms": ("drafting", ""),
    "write_contract_element": ("drafting", ""),
    "set_fee_schedule": ("drafting", ""),
    "submit_contract": ("drafting", "in_approval"),
    "approve_contract": ("in_approval", "approved"),
    "return_contract": ("in_approval", "drafting"),
    "send_contract": ("approved", "sent"),
    "recall_contract": ("approved sent", "drafting"),
    "store_signed_contract": ("sent", "signed"),
    "register_technical_contract": ("signed ended", ""),
    "draft_amendment": ("signed", ""),
}
AMENDMENT = {
    "approve_amendment": ("draft", "approved"),
    "return_amendment": ("draft", "returned"),
    "revise_amendment": ("draft returned", "draft"),
    "withdraw_amendment": ("draft returned approved", "withdrawn"),
    "sign_amendment": ("approved", "signed"),
}
PARTS = {
    "reckon_answer_anew": ("filed", ""),
    "provide_material": ("requested provided to_correct rejected", "provided"),
    "review_material": ("provided", "accepted to_correct rejected"),
    "waive_material": ("requested to_correct rejected", "waived"),
    "send_questionnaire": ("draft open", "open"),
    "close_questionnaire": ("open", "closed"),
    "rewrite_plan": ("draft", ""),
    "send_plan": ("draft", "sent"),
    "recall_plan": ("sent", "withdrawn"),
    "confirm_plan": ("sent", "confirmed"),
    "reject_plan": ("sent", "rejected"),
    "choose_adjustment": ("offered", "chosen"),
    "withdraw_adjustment": ("offered", "dropped"),
    "change_deliverable": ("planned returned", ""),
    "drop_deliverable": ("planned", "dropped"),
    "hand_over_deliverable": ("planned returned", "handed_over"),
    "accept_deliverable": ("handed_over", "accepted"),
    "return_deliverable": ("handed_over", "returned"),
    "answer_complaint": ("filed", "answered"),
}


def test_each_step_begins_where_clause_6_puts_it():
    expected = ENGAGEMENT | CONTRACT | AMENDMENT | PARTS
    assert {
        step.name: (set(step.when), set(step.then))
        for step in operations()
        if step.model._meta.app_label == "engagement" and step.when
    } == {name: (set(begins.split()), set(leads.split())) for name, (begins, leads) in expected.items()}
