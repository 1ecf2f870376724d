"""What the institution shows over all modules at once: it reads everything and writes nothing.

It begins with the service file of an enterprise (6.5: time, content, process, effect and evaluation of every service it
received, engagement or not) and with what a person holds, for hand-over.
"""
