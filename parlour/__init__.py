"""The program: command line, settings, supervision of the processes, the composition roots."""
