"""What reads what is published: questions, written answers, neighbours, checks of drafts."""
