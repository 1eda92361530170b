//! Which editor is taken, and how it is started.

use std::path::{Path, PathBuf};

use super::{NoEditor, Takes, choose, words};

/// A machine with these programs and variables.
struct Machine {
    programs: &'static [&'static str],
    vars: &'static [(&'static str, &'static str)],
}

impl Machine {
    fn start(&self, setting: Option<&str>) -> Result<(String, Takes), NoEditor> {
        let var = |name: &str| self.vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let on_path = |name: &str| self.programs.contains(&name).then(|| PathBuf::from(format!("/bin/{name}")));
        let editor = choose(setting, &var, &on_path)?;
        let start = editor.start(Path::new("/w/main.go"), Some((3, 5)), Path::new("/w"));
        Ok((format!("{} {}", start.program.display(), start.args.join(" ")), start.takes))
    }
}

#[test]
fn the_setting_wins_then_visual_then_editor_then_what_is_there() {
    let machine = |vars| Machine { programs: &["vim", "nano", "code", "hx"], vars };
    let told = |machine: Machine, setting| machine.start(setting).unwrap().0;
    assert_eq!(told(machine(&[("VISUAL", "nano"), ("EDITOR", "vim")]), Some("hx")), "/bin/hx /w/main.go:3:5");
    assert_eq!(told(machine(&[("VISUAL", "nano"), ("EDITOR", "vim")]), None), "/bin/nano +3,5 /w/main.go");
    assert_eq!(
        told(machine(&[("VISUAL", " "), ("EDITOR", "vim -u NONE")]), None),
        "/bin/vim -u NONE +call cursor(3,5) /w/main.go"
    );
    assert_eq!(told(machine(&[]), None), "/bin/code -g /w/main.go:3:5");
}

#[test]
fn one_that_is_not_there_or_not_named_is_told() {
    let bare = Machine { programs: &[], vars: &[("EDITOR", "'my editor' -x")] };
    let why = bare.start(None).unwrap_err().to_string();
    assert!(why.starts_with("the editor `my editor` that EDITOR names is not there"), "{why}");
    let why = Machine { programs: &[], vars: &[] }.start(None).unwrap_err();
    assert_eq!(why, NoEditor::NotNamed);
}

#[test]
fn editors_get_the_terminal_or_a_window_as_they_need_it() {
    let machine = |vars| Machine { programs: &["emacs", "emacsclient", "vim", "code", "goland", "mine", "zed"], vars };
    let takes = |setting, vars| machine(vars).start(Some(setting)).unwrap().1;
    let display: &[(&str, &str)] = &[("DISPLAY", ":0")];
    assert_eq!(takes("emacs -nw", display), Takes::Terminal);
    assert_eq!(takes("emacsclient -t", display), Takes::Terminal);
    if cfg!(target_os = "linux") {
        assert_eq!(takes("emacs", &[]), Takes::Terminal);
    }
    assert_eq!(takes("emacs", display), Takes::Window);
    assert_eq!(takes("vim -g", display), Takes::Window);
    assert_eq!(takes("vim", display), Takes::Terminal);
    assert_eq!(takes("code --wait", &[]), Takes::Window);
    assert_eq!(takes("mine", display), Takes::Terminal);
    assert_eq!(machine(&[]).start(Some("goland")).unwrap().0, "/bin/goland --line 3 --column 4 /w/main.go");
    assert_eq!(machine(&[]).start(Some("zed")).unwrap().0, "/bin/zed /w/main.go:3:5");
    assert_eq!(machine(&[]).start(Some("mine -x")).unwrap().0, "/bin/mine -x /w/main.go");
}

#[test]
fn quotes_keep_blanks_together() {
    assert_eq!(words(" \"/My Apps/code\"  --wait '' x'y z' "), ["/My Apps/code", "--wait", "", "xy z"]);
    assert!(words("  ").is_empty());
}
