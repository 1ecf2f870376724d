"""What is counted for each clause, beside what a person reads the clause to ask for. Services of clause 5 count for
themselves (test_clauses.py)."""

from keqiao.conformity import clauses
from keqiao.conformity.clauses import MEASURED

# 4: the institution. What the steps of an engagement show of it beside its own registers.
OWN = {
    "4.1.1": "approve_contract register_technical_contract create_staff_competence",
    "4.1.2": "create_staff_profile create_expert",
    "4.1.4": "send_plan deliver_milestone hand_over_deliverable",  # commitments made and kept
    "4.1.5": "sign_undertaking receive_custody return_custody raise_level confirm_lower_level",  # secrets, and what clients left with us
    "4.1.6": "record_restoration",
    "4.1.6.a": "create_expert",
    "4.1.6.d": "confirm_plan",
    "4.2.1": "create_post create_staff_profile",
    "4.2.3": "create_staff_competence update_staff_competence",
    "4.2.5": "create_expert",
    "4.4.1.b": "sign_undertaking",
    "4.4.2": "archive_engagement",
}
PROCESS = {
    "6.1.1": "submit_commission request_material provide_material declare_truthful",
    "6.1.2": "review_material request_correction record_site_visit finish_review",
    "6.1.3": "decide_feasibility accept_commission decline_commission",
    "6.2": "submit_contract approve_contract send_contract store_signed_contract approve_amendment sign_amendment",
    "6.3.1": "form_group add_member sign_undertaking assign_task",
    "6.3.2": "analyse_material record_interview build_questionnaire send_questionnaire answer_questionnaire "
    "close_questionnaire record_finding finish_investigation",
    "6.3.3": "send_plan confirm_plan",
    "6.3.4": "confirm_plan",
    "6.3.4.a": "log_guidance",
    "6.3.4.b": "add_working_data",
    "6.3.4.c": "send_progress_report",
    "6.3.4.d": "deliver_milestone",
    "6.3.4.e": "engage_partner",
    "6.3.4.f": "offer_adjustment choose_adjustment",
    "6.4.1": "hand_over_deliverable accept_deliverable finish_delivery",
    "6.4.2": "send_survey answer_survey file_complaint answer_complaint",
    "6.5": "write_archive_summary archive_engagement create_enterprise "
    "finish_import_of_enterprises create_yearly_figure",
    "7.1": "answer_survey",
    "7.2": "file_complaint",
}
# An element of the contract is met where it is written, and where all ten were signed; some by steps besides.
ELEMENTS = {f"6.2.{letter}": "write_contract_element store_signed_contract" for letter in "abcdefghij"}
ELEMENTS["6.2.d"] += " set_fee_schedule"
# Listed with the clause, and fulfilling nothing by itself: steps back, on the way, or of what was agreed there.
ASIDE = {
    "6.2": "draft_contract return_contract draft_amendment",
    "6.2.d": "record_payment",
    "6.2.e": "receive_custody return_custody",
    "6.2.i": "suspend_engagement resume_engagement end_engagement_early cancel_engagement",
    "6.3.1": "transfer_engagement",
    "6.3.3": "draft_plan reject_plan",
    "6.3.4.f": "withdraw_adjustment",
    "6.4.1": "plan_deliverable return_deliverable",
    "6.4.2": "resend_survey",
    "6.5": "update_enterprise merge_enterprises",
}
REGISTERS = {
    "4.1.1": "catalogue.Offer",
    "4.1.2": "organisation.StaffProfile",
    "4.1.5": "organisation.Undertaking",
    "4.1.6": "engagement.Engagement",
    "4.1.6.d": "engagement.Engagement",
    "4.2.1": "organisation.Post",
    "4.2.5": "organisation.Expert",
    "4.4.2": "kernel.Entry",
}
KEPT = {
    "4.1.4": "engagement.milestones engagement.deliverables",
    "4.1.6": "organisation.restore_drill",
    "4.2.2": "organisation.managers_unproved",
    "4.2.3": "organisation.competence_expired",
    "6.1.1": "engagement.truthful",
    "6.2": "engagement.signed_copies",
    "6.3.3": "engagement.confirmed_plans",
    "6.3.4.d": "engagement.milestones",
    "6.4.1": "engagement.deliverables",
    "6.4.2": "engagement.surveyed engagement.complaints_answered",
    "6.5": "engagement.packed",
    "7.2": "engagement.complaints_answered engagement.complaints_overdue",
}


def named(*kinds, meets=True):
    refs = {
        clause.id: {line.ref for line in clause.evidence if line.kind in kinds and line.meets is meets}
        for clause in clauses.clauses()
        if not clause.id.startswith("5.")
    }
    return {clause: found for clause, found in refs.items() if found}


def split(expected):
    return {clause: set(refs.split()) for clause, refs in expected.items()}


def test_steps_count_for_the_clauses_that_ask_for_them():
    assert named("operation") == split(OWN | PROCESS | ELEMENTS)


def test_steps_back_are_listed_and_count_for_nothing_by_themselves():
    assert named("operation", meets=False) == split(ASIDE)


def test_registers_count_for_the_clauses_that_ask_for_them():
    assert named("record") == split(REGISTERS)


def test_what_must_be_kept_is_measured_where_the_clause_says_so():
    assert named(*MEASURED) == split(KEPT)
