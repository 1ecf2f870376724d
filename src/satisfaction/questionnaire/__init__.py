"""What is measured: constructs, their items and scales, and the arrows between them."""
