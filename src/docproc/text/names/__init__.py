"""Names of persons and places: their keys, spellings and initials, and which two are one."""
