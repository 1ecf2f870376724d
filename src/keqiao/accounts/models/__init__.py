from keqiao.accounts.models.api_token import ApiToken, Scope
from keqiao.accounts.models.invitation import Invitation
from keqiao.accounts.models.reminder import ReminderChoice, ReminderDigest
from keqiao.accounts.models.role_grant import ADMINISTRATIONS, Role, RoleGrant
from keqiao.accounts.models.security_event import Event, SecurityEvent
from keqiao.accounts.models.user import Kind, User
from keqiao.kernel.platform.levels import Level as Clearance

__all__ = [
    "ADMINISTRATIONS",
    "ApiToken",
    "Clearance",
    "Event",
    "Invitation",
    "Kind",
    "ReminderChoice",
    "ReminderDigest",
    "Role",
    "RoleGrant",
    "Scope",
    "SecurityEvent",
    "User",
]
