"""6.2: contract, approval, signature, fees, custody, amendments, early end."""
