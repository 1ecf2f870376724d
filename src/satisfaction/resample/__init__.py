"""Drawing samples from the answers again and again, to see how far results depend on who happened to
answer."""
