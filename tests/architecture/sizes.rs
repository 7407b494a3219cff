//! Small files, and problems that somebody raises.

use crate::source::{files, text};

const LONGEST: usize = 300;
const LONGEST_STORY: usize = 40;
const GENERATED: [&str; 2] = ["server/kit/db/schema.rs", "pwa/src/api/schema.d.ts"];

fn lines(path: &str) -> usize {
    text(path).lines().count()
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    let code = |path: &String| [".rs", ".ts", ".vue"].iter().any(|end| path.ends_with(end)) && !GENERATED.contains(&path.as_str());
    let long: Vec<String> =
        files("").into_iter().filter(code).map(|path| (lines(&path), path)).filter(|(n, _)| *n > LONGEST).map(|(n, path)| format!("{path} {n}")).collect();
    assert!(long.is_empty(), "split these by what they are about:\n{}", long.join("\n"));
}

#[test]
fn every_room_tells_its_story_in_forty_lines() {
    let is_story = |path: &String| path.ends_with("/mod.rs") && path.matches('/').count() == 2;
    let long: Vec<String> = files("server").into_iter().filter(is_story).filter(|path| lines(path) > LONGEST_STORY).collect();
    assert!(long.is_empty(), "a room's mod.rs is its story, its names and its routes, in {LONGEST_STORY} lines: {long:?}");
}

#[test]
fn every_problem_is_raised_somewhere() {
    let declared = text("server/kit/http/problem.rs");
    let codes = declared.split("codes! {").nth(1).and_then(|rest| rest.split('}').next()).expect("the list of codes");
    let names: Vec<&str> = codes.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim()).collect();
    assert!(names.len() > 20, "the list of codes is not where this test looks");
    let server: String = files("server").iter().filter(|path| path.ends_with(".rs") && !path.ends_with("http/problem.rs")).map(|path| text(path)).collect();
    let raised = |name: &&str| server.match_indices(&format!("Code::{name}")).any(|(i, found)| !server[i + found.len()..].starts_with(char::is_alphanumeric));
    let unused: Vec<&&str> = names.iter().filter(|name| !raised(name)).collect();
    // Two are made inside problem.rs itself, out of what the database and the rooms say.
    let made_there = ["Invalid", "Internal", "StorageFull"];
    let unused: Vec<_> = unused.into_iter().filter(|name| !made_there.contains(name)).collect();
    assert!(unused.is_empty(), "nobody raises these problems; take them out of problem.rs and of both books of words: {unused:?}");
}
