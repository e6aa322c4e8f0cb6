"""What a model is told: the context of an item, and its rendering as a conversation."""
