//! The tests of the whole: one program, a module a theme.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[cfg(target_os = "linux")]
mod attacks;
mod catch_up;
mod chapter;
mod check;
mod cli;
#[cfg(target_os = "linux")]
mod confine;
#[cfg(unix)]
mod doctor;
#[cfg(any(target_os = "macos", windows))]
mod elsewhere;
mod explain;
#[cfg(target_os = "linux")]
mod faults;
mod fuzz;
#[cfg(unix)]
mod install;
#[cfg(unix)]
mod journey;
#[cfg(unix)]
mod kill;
#[cfg(target_os = "linux")]
mod monkey;
#[cfg(unix)]
mod opening;
#[cfg(unix)]
mod pane;
mod plain;
mod probe;
#[cfg(unix)]
mod proxy;
mod review;
#[cfg(unix)]
mod sandbox;
mod screens;
mod stage;
#[cfg(unix)]
mod support;
mod tidy;
mod tutor_stage;
mod unconfined;
#[cfg(target_os = "linux")]
mod warm;
