"""Each address that suggests rows to choose does so for someone whose step it is; the walk sees to the rest."""

from tests.walker.canaries import confidential
from tests.walker.oracle import may_read
from tests.walker.routes import addresses, offered, routes
from tests.walker.walk import ask

WHOSE = ("cleared manager", "client", "system administrator")


def suggesting():
    return [route for route in routes() if route.suggests and offered(route) & set(confidential())]


def test_every_chooser_of_confidential_rows_answers_who_may_choose(walked, db):
    found = {route.path: words(walked, route) for route in suggesting()}
    assert [path for path, read in found.items() if not read] == []
    assert sorted(found) == [
        "adjustments/<int:pk>/do/<slug:name>/<slug:param>/",
        "contacts/<int:pk>/do/<slug:name>/<slug:param>/",
        "contacts/do/<slug:name>/<slug:param>/",
        "engagements/<int:pk>/do/<slug:name>/<slug:param>/",
        "engagements/choices/<slug:name>/",
        "engagements/do/<slug:name>/<slug:param>/",
        "enterprises/<int:pk>/do/<slug:name>/<slug:param>/",
        "figures/<int:pk>/do/<slug:name>/<slug:param>/",
        "figures/do/<slug:name>/<slug:param>/",
        "users/do/<slug:name>/<slug:param>/",
    ]


def words(walked, route):
    return {
        word
        for key in WHOSE
        for address in addresses(route, walked, key)
        for word in ask(walked, key, "get", f"{address}?q=")
    }


def test_no_word_typed_makes_a_chooser_tell_more(walked, db):
    """Names of others' clients, by what they begin with, by initials and by the word planted in them."""
    from keqiao.enterprises.models import Enterprise

    secret = Enterprise.objects.get(pk=walked.sides["secret"].cast.enterprise.pk)
    typed = ("kq", "示例", "slsmqy", secret.uscc, secret.name[:12])
    told = {
        (key, route.path, text)
        for key in ("other client", "outsider", "expert", "low manager", "system administrator")
        for route in suggesting()
        for address in addresses(route, walked, key)[:3]
        for text in typed
        for word in ask(walked, key, "get", f"{address}?q={text}")
        if not may_read(walked, key, walked.planted[word])
    }
    assert told == set()
