//! Flags → [`Command`]; decides nothing.
