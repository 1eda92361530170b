//! Arguments → command → exit status.

use std::process::exit;

use haveago::sandbox::helper;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some((word, rest)) = args.split_first()
        && word == helper::WORD
    {
        exit(helper::main(rest));
    }
}
