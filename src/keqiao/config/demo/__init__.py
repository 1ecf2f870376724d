"""The demo: an invented, plainly labelled institution with its clients, made through the operations.

Never on a site that isn't a demo. Everything carries （演示）; no person, enterprise or number is real.
"""

from keqiao.config.demo.load import finished, load, peopled

__all__ = ["finished", "load", "peopled"]
