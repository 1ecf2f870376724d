"""6.2: contract and amendment."""
