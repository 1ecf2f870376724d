"""6.1: what is put to the client in writing."""
