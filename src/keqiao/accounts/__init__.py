"""People who sign in: staff, client users, experts. Clauses 4.1.5 and 4.4.1 b: who may have access to what.

Models: User with RoleGrant (what someone may do), Invitation (the one way an account gets its first
password), ApiToken (a program that acts for a person), SecurityEvent (what happened at the door; security
and audit administrators read it).

Process: a system administrator invites; the person sets a password by a link that works once, signs in,
and, when on the staff, enrols a second factor before anything else opens. A change of role, password,
clearance or state ends every session and token of that person at the next request.

`signin/` ties the libraries that do the door work (allauth, axes) to these rules.
"""
