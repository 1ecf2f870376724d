"""One row of every model of the institution."""

from typing import Any

from tests.factories import organisation


def fill(world: Any) -> None:
    user, manager = world.person("member"), world.person("manager")
    skill, post = organisation.competence(), organisation.post()
    for row in (organisation.institution(), skill, post, organisation.profile(user=user, post=post)):
        world.put(row)
    world.put(organisation.able(user=manager, competence=skill))
    world.put(organisation.pool_expert(user=world.person("expert")))
    world.put(organisation.undertaking(user=user))
