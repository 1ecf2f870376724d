"""What a business step is: its declaration, its parameters and states, and how it is run."""
