"""What the generated tests must be told of oversight."""

from tests.declared import walked, without_data

without_data(
    "held/", "names of people and how many things each holds; the things stand on the page of the person"
)
without_data(
    "enterprises/<int:pk>/service-file.zip", "nothing in the walked world is sealed, so there is no pack yet"
)
walked(
    "enterprises/<int:pk>/service-file",
    lambda found: [f"enterprises/{world.cast.enterprise.pk}/service-file" for world in found.sides.values()],
)
walked(
    "held/<int:pk>", lambda found: [f"held/{world.people['consultant'].pk}" for world in found.sides.values()]
)
