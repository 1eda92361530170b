//! A walk over the syntax tree that meets only the lines asked for. A query would cost milliseconds to compile.

use std::ops::Range;

use tree_sitter::{Node, Point, Tree, TreeCursor};

use super::{Spans, Token, broken};

/// The types every Go file knows without declaring them; the tree calls them types only where a type must stand.
const BUILTIN_TYPES: &[&str] = &[
    "any",
    "bool",
    "byte",
    "comparable",
    "complex128",
    "complex64",
    "error",
    "float32",
    "float64",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "rune",
    "string",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
];

pub fn spans<L: AsRef<str>>(tree: &Tree, lines: &[L], wanted: Range<usize>) -> Vec<Spans> {
    let mut canvas =
        Canvas { lines, spans: vec![Spans::new(); wanted.len()], broken: vec![false; wanted.len()], wanted };
    walk(tree, &mut canvas);
    let Canvas { mut spans, broken, wanted, .. } = canvas;
    for ((spans, line), _) in spans.iter_mut().zip(&lines[wanted]).zip(broken).filter(|(_, broken)| *broken) {
        broken::fill(line.as_ref(), spans);
    }
    spans
}

/// The wanted lines and what is known of each.
struct Canvas<'a, L> {
    lines: &'a [L],
    wanted: Range<usize>,
    spans: Vec<Spans>,
    /// The parser found an error that reaches into the line.
    broken: Vec<bool>,
}

fn walk<L: AsRef<str>>(tree: &Tree, canvas: &mut Canvas<'_, L>) {
    let first = Point::new(canvas.wanted.start, 0);
    let mut cursor = tree.walk();
    let mut above: Vec<Above<'_>> = Vec::new();
    loop {
        let node = cursor.node();
        if node.start_position().row >= canvas.wanted.end {
            return;
        }
        if node.is_error() {
            canvas.mark_broken(node);
        }
        let seen = Seen::at(&cursor, above.last());
        match seen.token(node, canvas.lines) {
            Some(token) => canvas.paint(node, token),
            None if cursor.goto_first_child_for_point(first).is_some() => {
                above.push(Above { kind: seen.kind, called: seen.called });
                continue;
            }
            None => {}
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            above.pop();
        }
    }
}

impl<L: AsRef<str>> Canvas<'_, L> {
    fn rows(&self, node: Node<'_>) -> Range<usize> {
        node.start_position().row.max(self.wanted.start)..(node.end_position().row + 1).min(self.wanted.end)
    }

    fn mark_broken(&mut self, node: Node<'_>) {
        for row in self.rows(node) {
            self.broken[row - self.wanted.start] = true;
        }
    }

    /// Enters a node's colour into each line it covers.
    fn paint(&mut self, node: Node<'_>, token: Token) {
        let (start, end) = (node.start_position(), node.end_position());
        for row in self.rows(node) {
            let line = self.lines[row].as_ref();
            let from = if row == start.row { start.column } else { 0 };
            let to = if row == end.row { end.column.min(line.len()) } else { line.len() };
            if line.get(from..to).is_none_or(str::is_empty) {
                continue;
            }
            let spans = &mut self.spans[row - self.wanted.start];
            match spans.last_mut() {
                Some((last, kind)) if last.end == from && *kind == token => last.end = to,
                Some(_) | None => spans.push((from..to, token)),
            }
        }
    }
}

/// What the walk remembers of a node that it is inside of.
struct Above<'tree> {
    kind: &'tree str,
    /// It stands where a call names what it calls.
    called: bool,
}

/// A node with what its surroundings say of it.
struct Seen<'tree> {
    kind: &'tree str,
    parent: &'tree str,
    field: &'tree str,
    called: bool,
}

impl<'tree> Seen<'tree> {
    fn at(cursor: &TreeCursor<'tree>, above: Option<&Above<'tree>>) -> Self {
        let kind = cursor.node().kind();
        let field = cursor.field_name().unwrap_or_default();
        let (parent, parent_called) = above.map_or(("", false), |above| (above.kind, above.called));
        let called = match (parent, field) {
            ("call_expression", "function") => true,
            ("selector_expression", "field")
            | ("index_expression", "operand")
            | ("generic_type" | "type_instantiation_expression", "type")
            | ("qualified_type", "name") => parent_called,
            // `Min[int](2)` may be a call or a conversion; the tree says conversion, people mean a call.
            ("type_conversion_expression", "type") => kind == "generic_type",
            _ => false,
        };
        Self { kind, parent, field, called }
    }

    /// The colour of the whole node, or None when its parts have colours of their own or it has none.
    fn token<L: AsRef<str>>(&self, node: Node<'_>, lines: &[L]) -> Option<Token> {
        match self.kind {
            "comment" => Some(Token::Comment),
            "interpreted_string_literal" | "raw_string_literal" | "rune_literal" => Some(Token::String),
            // Unfinished strings fall apart into these.
            "\"" | "`" | "interpreted_string_literal_content" | "raw_string_literal_content" | "escape_sequence" => {
                Some(Token::String)
            }
            "int_literal" | "float_literal" | "imaginary_literal" | "true" | "false" | "nil" | "iota" => {
                Some(Token::Number)
            }
            "identifier" if self.parent == "type_parameter_declaration" => Some(Token::Type),
            "type_identifier" | "identifier" | "field_identifier" => self.name(node, lines),
            word if !node.is_named() && word.starts_with(|c: char| c.is_ascii_lowercase()) => Some(Token::Keyword),
            _ => None,
        }
    }

    fn name<L: AsRef<str>>(&self, node: Node<'_>, lines: &[L]) -> Option<Token> {
        let (start, end) = (node.start_position(), node.end_position());
        let line = lines.get(start.row)?.as_ref();
        let word = line.get(start.column..end.column)?;
        if self.kind != "field_identifier" && BUILTIN_TYPES.contains(&word) {
            return Some(Token::Type);
        }
        let declared = self.field == "name"
            && matches!(self.parent, "function_declaration" | "method_declaration" | "method_elem");
        // Where the code is broken there is no call in the tree, but the bracket is there.
        let broken_call = matches!(self.parent, "ERROR" | "qualified_type") && line[end.column..].starts_with('(');
        if self.called || declared || broken_call {
            return Some(Token::Function);
        }
        (self.kind == "type_identifier").then_some(Token::Type)
    }
}
