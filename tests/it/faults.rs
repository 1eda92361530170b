//! What can go wrong around the program, each row of `docs/reliability.md`: a sentence for the learner, nothing lost.

mod clock;
mod damaged;
mod folder;
mod full_disk;
mod go;
mod handles;
mod kill;
mod read_only;
mod terminal;
mod told;
