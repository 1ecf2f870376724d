"""Equipment that an institution lends to enterprises: an invented module, installed by the settings of the tests alone.

It plugs into every place that a module can, so that CONTRIBUTING can show each by it.
"""
