"""Who wrote to whom, from headings, titles, salutations and signatures."""
