"""Twenty engagements of the demo, one in every state that clause 6 knows and some more, and their finished packs."""
