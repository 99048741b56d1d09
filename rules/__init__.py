"""The thinking side: the rulebook, and the recommendation that follows from it."""
