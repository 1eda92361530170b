//! What can go wrong around the program, each row of `docs/reliability.md`: a sentence for the learner, nothing lost.

mod damaged;
mod folder;
mod full_disk;
mod go;
mod told;
