//! Settings read from files and written back into them.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::table::{Kind, SETTINGS, template};
use super::{GlyphChoice, Settings, ThemeChoice};

#[test]
fn the_template_is_the_defaults_and_is_laid_once() {
    assert_eq!(Settings::parse(&template(), "settings.toml").unwrap(), Settings::default());
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("new");
    assert_eq!(Settings::load(&folder).unwrap(), Settings::default());
    Settings::lay_template(&folder).unwrap();
    std::fs::write(folder.join("settings.toml"), "mouse = false\n").unwrap();
    Settings::lay_template(&folder).unwrap();
    assert!(!Settings::load(&folder).unwrap().mouse, "what a person wrote stays");
}

#[test]
fn every_setting_is_read() {
    let text = "theme = \"high-contrast\"\nglyphs = 'plain'\ngo = \"/opt/go/bin/go\"\neditor = \"hx\"\n\
                reduce-motion = true\nmouse = false\nreview = false\n";
    let settings = Settings {
        theme: ThemeChoice::HighContrast,
        glyphs: GlyphChoice::Plain,
        go: Some(PathBuf::from("/opt/go/bin/go")),
        editor: Some("hx".to_owned()),
        reduce_motion: true,
        mouse: false,
        review: false,
    };
    assert_eq!(Settings::parse(text, "s").unwrap(), settings);
}

#[test]
fn a_wrong_setting_is_placed_and_mended() {
    for (text, message) in [
        ("# mine\nthme = \"dark\"", "s:2:1: there is no setting `thme`; write `theme`"),
        (
            "theme = \"drak\"",
            "s:1:9: `theme` cannot be \"drak\"; write \"auto\", \"dark\", \"light\" or \"high-contrast\"",
        ),
        ("mouse = 1", "s:1:9: `mouse` cannot be 1; write true or false"),
    ] {
        assert_eq!(Settings::parse(text, "s").unwrap_err().to_string(), message);
    }
    let unknown = Settings::parse("colour_of_the_sea = 1", "s").unwrap_err().to_string();
    assert!(
        unknown.ends_with("there are `theme`, `glyphs`, `go`, `editor`, `reduce-motion`, `mouse` and `review`"),
        "{unknown}"
    );
    let broken = Settings::parse("theme =\n", "s").unwrap_err().to_string();
    assert!(broken.starts_with("s:1:"), "{broken}");
}

/// A folder with a settings file of this text.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.toml"), text).unwrap();
    folder
}

fn text_in(folder: &Path) -> String {
    fs::read_to_string(folder.join("settings.toml")).unwrap()
}

#[test]
fn every_row_of_the_table_is_in_the_template_and_the_docs() {
    let template = template();
    let docs = include_str!("../../../docs/settings.md");
    for setting in SETTINGS {
        assert!(setting.about.chars().count() <= 70, "{} does not fit in one line", setting.name);
        assert!(template.contains(&setting.lines(&Settings::default())), "{template}");
        let (name, default) = (setting.name, setting.literal(&Settings::default()));
        let row = format!("| `{name}` | {} | `{default}` | {} |", setting.wanted(), setting.about);
        assert!(docs.contains(&row), "docs/settings.md lacks the line\n{row}");
    }
    assert!(template.lines().all(|line| line.chars().count() <= 120), "{template}");
}

#[test]
fn every_value_is_read_as_it_is_written() {
    for setting in SETTINGS {
        let mut tried = vec![Settings::default()];
        let mut change = |set: &dyn Fn(&mut Settings)| {
            let mut settings = Settings::default();
            set(&mut settings);
            tried.push(settings);
        };
        match setting.kind {
            Kind::Choice { words, set, .. } => (0..words.len()).for_each(|at| change(&|settings| set(settings, at))),
            Kind::Switch { set, .. } => [true, false].iter().for_each(|on| change(&|settings| set(settings, *on))),
            Kind::Text { set, .. } => {
                for text in ["", "C:\\go\\bin\\go.exe", "/o \"p\"'t/gö # no", "''' \"\"\""] {
                    change(&|settings| set(settings, text));
                }
            }
        }
        for settings in tried {
            let text = format!("{} = {}\n", setting.name, setting.literal(&settings));
            assert_eq!(Settings::parse(&text, "s").unwrap(), settings, "{text}");
            let mut copied = Settings::default();
            setting.copy(&settings, &mut copied);
            assert_eq!(copied, settings);
        }
    }
}

#[test]
fn keeping_changes_a_value_and_not_a_byte_beside_it() {
    let before = "# mine\r\n\r\nmouse   =   false # no mouse\r\n  theme='light'#why\r\ngo = \"\"\r\n# end";
    let folder = folder(before);
    let chosen = Settings { theme: ThemeChoice::HighContrast, mouse: true, ..Settings::default() };
    let kept = chosen.keep(&["theme"], folder.path()).unwrap();
    assert_eq!(text_in(folder.path()), before.replace("'light'", "\"high-contrast\""));
    assert!(!kept.mouse, "what was not chosen is as the file has it");
    let chosen = Settings { reduce_motion: true, ..kept };
    chosen.keep(&["reduce-motion"], folder.path()).unwrap();
    let text = text_in(folder.path());
    let lines =
        "# end\r\n# Nothing on the screen moves by itself.\r\n# Write true or false.\r\nreduce-motion = true\r\n";
    assert!(text.ends_with(lines), "{text:?}");
    assert_eq!(Settings::load(folder.path()).unwrap(), chosen);
}

#[test]
fn two_that_keep_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let one = Settings { theme: ThemeChoice::Light, ..Settings::default() };
    let other = Settings { mouse: false, ..Settings::default() };
    for _ in 0..20 {
        std::thread::scope(|threads| {
            threads.spawn(|| one.keep(&["theme"], folder.path()).unwrap());
            threads.spawn(|| other.keep(&["mouse"], folder.path()).unwrap());
        });
        let both = Settings { theme: ThemeChoice::Light, mouse: false, ..Settings::default() };
        assert_eq!(Settings::load(folder.path()).unwrap(), both);
        fs::remove_file(folder.path().join("settings.toml")).unwrap();
    }
}

#[test]
fn a_file_that_is_wrong_or_read_only_is_left_alone() {
    let wrong = folder("theme = \"light\"\nmuose = true\n");
    let told = Settings::default().keep(&["theme"], wrong.path()).unwrap_err().to_string();
    assert!(told.ends_with("settings.toml:2:1: there is no setting `muose`; write `mouse`"), "{told}");
    assert_eq!(text_in(wrong.path()), "theme = \"light\"\nmuose = true\n");
    let locked = folder("mouse = true\n");
    let path = locked.path().join("settings.toml");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let told = Settings::default().keep(&["theme"], locked.path()).unwrap_err().to_string();
    assert!(told.contains("cannot be written (the file is made read-only); give yourself access there"), "{told}");
    assert_eq!(text_in(locked.path()), "mouse = true\n");
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link_and_keeps_its_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let theirs = folder("mouse = true\n");
    let ours = tempfile::tempdir().unwrap();
    let real = theirs.path().join("settings.toml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, ours.path().join("settings.toml")).unwrap();
    Settings { mouse: false, ..Settings::default() }.keep(&["mouse"], ours.path()).unwrap();
    assert!(fs::symlink_metadata(ours.path().join("settings.toml")).unwrap().is_symlink());
    assert_eq!(text_in(theirs.path()), "mouse = false\n");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}
