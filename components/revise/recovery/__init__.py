"""Recovery plans: drafted, agreed, followed, closed and judged."""
