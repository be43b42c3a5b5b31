"""How well a generation answers, measured when it is built and whenever it is asked."""
