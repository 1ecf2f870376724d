"""Places that refuse, and that no example of a step comes to: which, and why."""

GUARD_FIRST = "the step's own guard says the same before; this one is asked under the lock of the account"
RULE_FIRST = "the step's own rule says the same before; this one is for who calls the plain function"

# (step, or * for all; place) → why no request of that step ends there.
NEVER = {
    ("disable_user", "accounts.operations.users:disable_user:1"): GUARD_FIRST,
    ("enable_user", "accounts.operations.users:enable_user:1"): GUARD_FIRST,
    ("renew_invitation", "accounts.operations.invitations:renew_invitation:1"): GUARD_FIRST,
    **{
        (step, "accounts.permissions:require:1"): RULE_FIRST
        for step in (
            "invite_user",
            "invite_client_user",
            "renew_invitation",
            "disable_user",
            "enable_user",
            "set_clearance",
            "reset_second_factor",
        )
    },
    **{
        ("accept_deliverable", f"engagement.delivery.operations.delivery:delivery_is_complete:{n}"): (
            "asks whether it was the last one, and refuses nothing"
        )
        for n in (1, 2, 3)
    },
    ("choose_adjustment", "engagement.preparation.operations.plan:check_days:1"): (
        "milestones are carried over after the version is made, each with its day"
    ),
    ("archive_engagement", "engagement.delivery.operations.delivery:records_are_open_enough:1"): (
        "no module of the house has records that outlive yet: tests/engagement/delivery/test_pointing.py makes one"
    ),
    **{
        (f"finish_import_of_{many}", "imports.bulk:Bulk.hindered:1"): "asked where an import is taken back"
        for many in ("enterprises", "tags", "figures", "contacts")
    },
    **{
        (f"finish_import_of_{many}", "imports.operations.finishing:_held:1"): (
            "the key holds an enterprise of the world: shown with lists whose key is a text"
        )
        for many in ("figures", "contacts")
    },
    ("create_enterprise", "faces.defaults:_refuse_closed:1"): (
        "who is responsible for an enterprise within their clearance sees it"
    ),
    ("update_enterprise", "faces.defaults:_keep:1"): (
        "owner and classification have steps of their own, so a change leaves who is responsible"
    ),
    ("update_enterprise", "faces.defaults:_refuse_closed:1"): (
        "who is responsible for an enterprise within their clearance sees it"
    ),
}

# Places of no step → the tests that come to them.
ELSEWHERE = {
    "accounts.operations.invitations:accept_invitation:1": "tests/accounts/test_invitations.py",
    "accounts.operations.invitations:accept_invitation:2": "tests/accounts/test_at_once.py",
    "accounts.operations.invitations:open_invitation:1": "tests/accounts/test_invitations.py",
    "accounts.operations.roles:appoint_first_administrator:1": "tests/accounts/test_first_administrator.py",
    "accounts.operations.tokens:create_token:1": "tests/accounts/test_tokens.py",
    "accounts.operations.tokens:revoke_token:1": "tests/accounts/test_tokens.py",
    "conformity.pages:clause_page:1": "tests/conformity/test_closed.py",
    "conformity.pages:download:1": "tests/conformity/test_closed.py",
    "conformity.pages:for_readers.guarded:1": "tests/conformity/test_closed.py",
    "engagement.case.pages.link:ask:1": "tests/engagement/delivery/test_survey.py",
    "engagement.case.pages.link:ask:2": "tests/engagement/delivery/test_survey.py",
    "engagement.delivery.pages.survey:answer_signed_in:1": "tests/engagement/delivery/test_survey.py",
    "engagement.delivery.queries:survey_by_link:1": "tests/engagement/delivery/test_survey.py",
    "engagement.preparation.queries:questionnaire_link:1": "tests/engagement/delivery/test_questionnaire.py",
    "enterprises.models.record:EnterpriseRecord.save:1": "tests/enterprises/test_records.py",
    "imports.lists:list_of:1": "tests/imports/test_declaring.py",
    "imports.operations.applying:_refuse_wrong:1": "tests/imports/test_job.py",
    "imports.operations.applying:_still_may:1": "tests/imports/test_job.py",
    "imports.pages:list_open_to:1": "tests/imports/test_plain_list.py",
    "oversight.packing:pack:1": "tests/oversight/test_service_pack.py",
    "oversight.pages:for_managers.guarded:1": "tests/oversight/test_held.py",
    "oversight.pages:refuse_partial:1": "tests/oversight/test_service_file.py",
    "portal.pages.commission:_refuse_unread:1": "tests/portal/test_commission.py",
    "portal.pages.commission:client_only.guarded:1": "tests/portal/test_commission.py",
    "portal.pages.commission:items:1": "tests/portal/test_commission.py",
    "portal.pages.commission:items:2": "tests/portal/test_commission.py",
    "portal.pages.plan:plan_page:1": "tests/portal/test_pages.py",
}
