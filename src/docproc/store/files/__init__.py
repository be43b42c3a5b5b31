"""Files written whole or not at all, by folders that were opened through no link."""
