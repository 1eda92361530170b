//! What a Go source uses, told by its syntax tree: `uses func Double`, `uses range`, `uses call fmt.Println`.

use tree_sitter::{Node, Parser, Tree};

use crate::base::FilePath;
use crate::course::condition::Feature;

#[cfg(test)]
mod tests;

/// Where the first of `sources` (path and text) that uses `feature` does so: its path, and the line from 1. A source with
/// syntax errors is read as far as it goes; comments and strings never count.
#[must_use]
pub fn find<'a>(sources: &'a [(FilePath, String)], feature: &Feature) -> Option<(&'a FilePath, usize)> {
    sources.iter().find_map(|(path, text)| {
        let tree = parse(text)?;
        let source = Source { text, imports: imports(text, tree.root_node()) };
        Some((path, source.first(tree.root_node(), feature)? + 1))
    })
}

/// Whether a file of this name is Go source; tests are Go source too.
#[must_use]
pub fn is_go_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "go")
}

/// `None` never happens: the grammar is of the library's own version, and no time limit is set.
fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_go::LANGUAGE.into()).ok()?;
    parser.parse(text, None)
}

struct Source<'a> {
    text: &'a str,
    imports: Vec<Import<'a>>,
}

struct Import<'a> {
    /// The name the file calls it by: an alias, `.`, or the last part of the path.
    name: &'a str,
    path: &'a str,
}

impl Source<'_> {
    /// The first row, from 0, on which the node or anything below it shows the feature.
    fn first(&self, root: Node<'_>, feature: &Feature) -> Option<usize> {
        let mut cursor = root.walk();
        let mut waiting = vec![root];
        let mut first = None;
        while let Some(node) = waiting.pop() {
            let row = node.start_position().row;
            if first.is_none_or(|first| row < first) && self.shows(node, feature) {
                first = Some(row);
            }
            waiting.extend(node.children(&mut cursor));
        }
        first
    }

    fn shows(&self, node: Node<'_>, feature: &Feature) -> bool {
        match feature {
            Feature::Func(name) => {
                matches!(node.kind(), "function_declaration" | "method_declaration") && self.is_named(node, name)
            }
            Feature::Type(name) => matches!(node.kind(), "type_spec" | "type_alias") && self.is_named(node, name),
            Feature::Call(name) => self.calls(node, name),
            Feature::Import(path) => {
                node.kind() == "import_spec" && self.imports.iter().any(|import| import.path == path)
            }
            Feature::Package(name) => {
                node.kind() == "package_clause"
                    && node.named_child(0).is_some_and(|child| text_of(self.text, child) == name.as_str())
            }
            Feature::Construct(word) => self.is_construct(node, word),
        }
    }

    fn is_named(&self, node: Node<'_>, name: &str) -> bool {
        node.child_by_field_name("name").is_some_and(|child| text_of(self.text, child) == name)
    }

    /// `len` is a function or a method of that name; `fmt.Println` goes through whatever name the file imports
    /// `fmt` under; `wg.Wait` is also a method on a value of that name.
    fn calls(&self, call: Node<'_>, wanted: &str) -> bool {
        let Some(function) = called(call) else { return false };
        match (wanted.rsplit_once('.'), function.kind()) {
            (None, "identifier" | "type_identifier") => text_of(self.text, function) == wanted,
            (None, "selector_expression" | "qualified_type") => self
                .selector(function)
                .is_some_and(|(operand, field)| field == wanted && self.package(operand).is_none()),
            (Some((package, name)), "identifier" | "type_identifier") => {
                text_of(self.text, function) == name
                    && self.imports.iter().any(|i| i.name == "." && is_path(i.path, package))
            }
            (Some((left, name)), "selector_expression" | "qualified_type") => {
                self.selector(function).is_some_and(|(operand, field)| {
                    field == name && self.package(operand).map_or(operand == left, |path| is_path(path, left))
                })
            }
            (_, _) => false,
        }
    }

    fn selector(&self, node: Node<'_>) -> Option<(&str, &str)> {
        let operand = node.child_by_field_name("operand").or_else(|| node.child_by_field_name("package"))?;
        let field = node.child_by_field_name("field").or_else(|| node.child_by_field_name("name"))?;
        Some((text_of(self.text, operand), text_of(self.text, field)))
    }

    /// The import path that `name` stands for in this file.
    fn package(&self, name: &str) -> Option<&str> {
        self.imports.iter().find(|import| import.name == name).map(|import| import.path)
    }

    /// One arm for each word of [`crate::course::condition::CONSTRUCTS`]; a test holds the two together.
    fn is_construct(&self, node: Node<'_>, word: &str) -> bool {
        let kind = node.kind();
        match word {
            "range" => kind == "range_clause",
            "for" => kind == "for_statement",
            "for-cond" => kind == "for_statement" && has_condition_alone(node),
            "if" => kind == "if_statement",
            "if-init" => kind == "if_statement" && node.child_by_field_name("initializer").is_some(),
            "else" => kind == "if_statement" && node.child_by_field_name("alternative").is_some(),
            "switch" => kind == "expression_switch_statement",
            "type-switch" => kind == "type_switch_statement",
            "select" => kind == "select_statement",
            "go" => kind == "go_statement",
            "defer" => kind == "defer_statement",
            "return" => kind == "return_statement",
            "break" => kind == "break_statement",
            "continue" => kind == "continue_statement",
            "goto" => kind == "goto_statement",
            "label" => kind == "labeled_statement",
            "fallthrough" => kind == "fallthrough_statement",
            "var" => kind == "var_declaration",
            "const" => kind == "const_declaration",
            "iota" => kind == "iota",
            "short-var" => kind == ":=",
            "assign" => kind == "assignment_statement",
            "struct" => kind == "struct_type",
            "interface" => kind == "interface_type",
            "map" => kind == "map_type",
            "slice" => matches!(kind, "slice_type" | "slice_expression"),
            "array" => matches!(kind, "array_type" | "implicit_length_array_type"),
            "chan" => kind == "channel_type",
            "pointer" => kind == "pointer_type" || is_address(node),
            "closure" => kind == "func_literal",
            "method" => kind == "method_declaration",
            "generic" => kind == "type_parameter_list",
            "variadic" => matches!(kind, "variadic_parameter_declaration" | "variadic_argument"),
            "append" | "make" | "new" => self.calls(node, word),
            _ => false,
        }
    }
}

fn is_address(node: Node<'_>) -> bool {
    node.kind() == "unary_expression" && node.child_by_field_name("operator").is_some_and(|sign| sign.kind() == "&")
}

/// `for n < 10 {`: neither three parts nor a range, and not without an end.
fn has_condition_alone(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let head = node.named_children(&mut cursor).find(|child| child.kind() != "comment");
    head.is_some_and(|head| !matches!(head.kind(), "for_clause" | "range_clause" | "block"))
}

/// What a call calls. `Map[int](xs)` is read as a conversion to a generic type: only its types tell the two apart.
fn called(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "call_expression" => node.child_by_field_name("function").map(without_wrapping),
        "type_conversion_expression" => {
            node.child_by_field_name("type").filter(|t| t.kind() == "generic_type")?.child_by_field_name("type")
        }
        _ => None,
    }
}

/// The function below parentheses and type arguments: `Map` of `Map[int](xs)`.
fn without_wrapping(node: Node<'_>) -> Node<'_> {
    let inner = match node.kind() {
        "parenthesized_expression" => node.named_child(0),
        "index_expression" => node.child_by_field_name("operand"),
        "type_instantiation_expression" => node.child_by_field_name("type").or_else(|| node.named_child(0)),
        _ => None,
    };
    inner.map_or(node, without_wrapping)
}

/// `rand` and `math/rand` both name `math/rand`; a version at the end does not count.
fn is_path(path: &str, wanted: &str) -> bool {
    path == wanted || last_part(path) == wanted
}

/// The name a package goes by when the import gives none: `rand` of `math/rand/v2`.
fn last_part(path: &str) -> &str {
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(|n| n.parse::<u32>().is_ok());
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or(path);
    if is_version(last) { parts.next().unwrap_or(last) } else { last }
}

fn imports<'a>(text: &'a str, root: Node<'_>) -> Vec<Import<'a>> {
    let mut found = Vec::new();
    let mut cursor = root.walk();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        match node.kind() {
            "import_spec" => found.extend(import(text, node)),
            "source_file" | "import_declaration" | "import_spec_list" => {
                waiting.extend(node.named_children(&mut cursor));
            }
            _ => {}
        }
    }
    found
}

fn import<'a>(text: &'a str, node: Node<'_>) -> Option<Import<'a>> {
    let path = text_of(text, node.child_by_field_name("path")?).trim_matches(['"', '`']);
    let name = node.child_by_field_name("name").map_or(last_part(path), |name| text_of(text, name));
    Some(Import { name, path })
}

fn text_of<'a>(text: &'a str, node: Node<'_>) -> &'a str {
    text.get(node.byte_range()).unwrap_or_default()
}
