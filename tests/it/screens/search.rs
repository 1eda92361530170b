//! The search through the course's text, from the first letter to the place.

use haveago::tui::action::Focus;

use super::stage;

#[test]
fn what_is_typed_is_found_in_text_and_titles_and_opened_where_it_stands() {
    let mut stage = stage().keys("/");
    assert!(stage.screen().contains("type what you look for"), "{}", stage.screen());
    let mut stage = stage.types("wElcome");
    assert!(stage.screen().contains("1 place") && stage.screen().contains("Welcome."), "{}", stage.screen());
    let mut stage = stage.types("zz");
    assert!(stage.screen().contains("Nothing has \"wElcomezz\" in it."), "{}", stage.screen());
    let mut stage = stage.keys("Esc /").types("three");
    assert!(stage.screen().contains("1.3 Three"), "{}", stage.screen());
    let mut stage = stage.keys("Enter");
    assert!(!stage.screen().contains("Search"), "{}", stage.screen());
    assert_eq!(stage.step(), "end");
}

#[test]
fn the_keys_of_a_list_move_and_from_other_panes_it_has_a_key_of_its_own() {
    let mut stage = stage().keys("Alt-2 Alt-s");
    assert_eq!(stage.state.focus, Focus::Terminal);
    assert!(stage.screen().contains("type what you look for"), "{}", stage.screen());
    // The chapter's page comes first, as its title has the word.
    let mut stage = stage.types("first").keys("End Home Enter");
    assert!(stage.screen().contains("Chapter 1: First"), "{}", stage.screen());
}
