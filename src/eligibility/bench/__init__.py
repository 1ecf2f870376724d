"""The bench: ratios against OpenFisca and ZEN in one run, memory, growth. `report.run` prints it."""
