"""XML of editions, finding aids, journals and libraries: TEI, EAD, OAI-PMH, JATS, MODS."""
