"""Where everything derived is kept: generations, their manifest and catalog, the vector cache.

Import the module that is meant; nothing is imported here, so that a reader of one
generation pays for no writer's parts::

    layout        the folders and names below ``embeddings/``
    generations   drafts, publication, the pointer to what is published
    manifest      what a generation was made of, and the checksums of its files
    catalog       documents, passages and references, in SQLite
    unfinished    what an unfinished run has read, for the next to go on from
    vectors       vectors by the SHA-256 of the text they were computed from
    lock          one writer at a time
    durable       writes that are whole or not there, on every platform
"""
