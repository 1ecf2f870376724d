"""The pages of people outside: client users and experts."""
