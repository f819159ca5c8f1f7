"""How much of what a disclosure states is read, and which planted errors are found."""
