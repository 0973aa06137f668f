"""Review, as it is drawn: what changed, and which ambers may turn red."""
