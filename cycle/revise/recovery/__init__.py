"""Recovery plans: called for, drafted, agreed, followed, closed and judged."""
