"""The framework's own nouns: periods, values, figures, measures, areas, people, and texts as people write them."""
