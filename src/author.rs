//! For authors: `check` proves a course.
