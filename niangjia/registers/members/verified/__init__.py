"""How sure the register is of its members (核实): registered, verified, reachable as three figures, by one definition."""
