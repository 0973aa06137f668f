"""The templates that papers are written into: ours, those that were restyled, and what one is looked over for."""
