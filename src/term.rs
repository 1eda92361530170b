//! The terminal pane's heart: commands as blocks, terminal emulation, the command line, history and completion. Pure.
