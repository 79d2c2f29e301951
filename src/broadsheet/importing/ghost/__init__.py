"""Reading Ghost's exports, of every generation."""
