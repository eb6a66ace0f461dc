"""The workers' door: a phone and a code sent to it open the worker's own side."""
