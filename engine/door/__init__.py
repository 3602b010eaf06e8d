"""The one way in from outside the main process: commands in, views and conversations out, as Observables."""
