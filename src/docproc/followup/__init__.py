"""Follow-up questions: completing a question from what the conversation said before."""
