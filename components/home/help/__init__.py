"""Help: what each role does here step by step, questions with their answers, and the words the app uses."""
