"""The ground floor: operation, states, journal, policy, vault, numbering, calendar. Knows no module."""
