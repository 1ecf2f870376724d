"""What is due from whom: declared by the apps, read here as facts. Addresses and looks belong to the faces."""
