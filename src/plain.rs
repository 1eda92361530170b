//! The face of lines: the same course for a screen reader, a dumb terminal, a pipe.
