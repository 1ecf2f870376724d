"""What the generated tests are told of the conformity page."""

from tests.declared import walked, without_data

without_data("conformity/", "counts of evidence a clause; what is counted is reached through its own page")
walked("<str:clause_id>", lambda _found: ["6.1.1"])
