"""The words that the app uses, each in a sentence: in Help all of them, and on a page those that stand there."""
