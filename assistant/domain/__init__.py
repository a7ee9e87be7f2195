"""The nouns of the product: plain frozen dataclasses that stages hand to each other."""
