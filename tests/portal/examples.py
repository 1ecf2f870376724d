"""What the generated tests are told of the portal's own pages."""

from tests.declared import walked, without_data

without_data("commission/", "the catalogue, and what the client typed just now")
walked("<str:code>", lambda _found: ["5.3"])
