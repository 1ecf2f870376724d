from keqiao.accounts.models.user import Clearance, Kind, Role, RoleGrant, User

__all__ = ["Clearance", "Kind", "Role", "RoleGrant", "User"]
