"""Who may come to the desk, how they prove it, and what each may do there."""
