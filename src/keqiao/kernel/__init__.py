"""The ground floor: operation, states, journal, policy, vault, numbering, calendar, errors. Knows no module."""
