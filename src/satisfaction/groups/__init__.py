"""Groups of respondents: compared, and kept anonymous."""
