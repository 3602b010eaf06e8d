"""How a pipeline is made and run: moments in, states kept, steps out. It must not know what any of them counts."""
