//! The editor's text model: lines, selection, undo groups, coloured spans. Pure.
