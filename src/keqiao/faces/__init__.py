"""What turns models and operations into pages, endpoints and commands. One page documents it: docs/faces.md.

A module declares a Resource for each model that is seen; operations come from the kernel's registry.
"""
