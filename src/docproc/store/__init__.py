"""Where everything derived is kept: generations, their manifest and catalog, the vector cache.

Import the module that is meant; nothing is imported here, so that a reader of one generation pays
for no writer's parts.  ``docs/architecture.md`` says what each part holds.
"""
