"""Cases: who was looked at, how they were drawn, and what a few of them say about all."""
