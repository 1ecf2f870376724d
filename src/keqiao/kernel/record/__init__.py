"""The sealed record: entries, tree, seals, packs, and what checks them."""
