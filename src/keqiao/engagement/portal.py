"""What engagements give people outside: their part of the start pages."""

from keqiao.engagement.pages import outside
from keqiao.faces.portal import home_section

home_section(
    name="engagements", kind="client", template="engagement/home_client.html", fill=outside.of_client, rank=20
)
home_section(
    name="undertakings",
    kind="expert",
    template="engagement/home_undertakings.html",
    fill=outside.undertakings,
    rank=5,
    takes=(outside.SIGN,),
)
home_section(
    name="engagements", kind="expert", template="engagement/home_expert.html", fill=outside.of_expert, rank=20
)
home_section(
    name="done", kind="expert", template="engagement/home_done.html", fill=outside.done_by_expert, rank=90
)
