"""The commands of the program, one room each. They import what is heavy only when they run."""
