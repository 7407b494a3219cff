use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

prop_compose! {
    fn a_number()(province in proptest::sample::select(PROVINCES.to_vec()), county in 0u32..10_000, days in 0i64..45_000, sequence in 0u32..1_000) -> IdNumber {
        let birth = day("1900-01-01") + chrono::Duration::days(days);
        IdNumber::compose(format!("{province}{county:04}").parse().unwrap(), birth, sequence).unwrap()
    }
}

#[test]
fn the_standards_own_examples_are_numbers() {
    assert_eq!(IdNumber::parse("11010519491231002X").unwrap().whole(), "11010519491231002X");
    assert_eq!(IdNumber::parse("440524188001010014"), Err(Fault::BirthDate), "nobody born in 1880 is visited");
}

#[test]
fn each_fault_is_named() {
    assert_eq!(IdNumber::parse(""), Err(Fault::Length));
    assert_eq!(IdNumber::parse("5101041977022709"), Err(Fault::Length));
    assert_eq!(IdNumber::parse("510104********5091"), Err(Fault::Characters));
    assert_eq!(IdNumber::parse("51010419520904374x"), Err(Fault::Characters));
    assert_eq!(IdNumber::parse("510104194904065091"), Err(Fault::CheckDigit));
    assert_eq!(IdNumber::compose(990_104, day("1952-09-04"), 374), None);
    assert_eq!(IdNumber::read("510104700231692"), Err(Fault::BirthDate));
}

#[test]
fn what_people_type_is_put_right() {
    let read = |text| IdNumber::read(text).unwrap();
    assert_eq!(read("510104195209043743"), Read { number: IdNumber("510104195209043743".into()), cleaned: false, converted: false });
    assert_eq!(read(" 510104 19770514 6177 ").number.whole(), "510104197705146177");
    assert!(read("５１０１０４１９８８０２０９２１１Ｘ").cleaned);
    assert_eq!(read("51010419540923064x").number.whole(), "51010419540923064X");
    assert_eq!(read("'510104195209043743").number.whole(), "510104195209043743");
    let old = read("510104700801692");
    assert!(old.converted && !old.cleaned && old.number.whole().starts_with("51010419700801692"));
}

#[test]
fn a_birth_after_the_day_of_asking_is_seen() {
    let child = IdNumber::compose(510_104, day("2026-06-01"), 12).unwrap();
    assert!(child.is_born_by(day("2026-06-01")) && !child.is_born_by(day("2026-05-31")));
}

#[test]
fn the_middle_never_shows() {
    let number = IdNumber::parse("510104195209043743").unwrap();
    assert_eq!(number.masked(), "510104********3743");
    assert_eq!(format!("{number:?}"), "510104********3743");
}

proptest! {
    #[test]
    fn a_number_reads_back_as_itself(number in a_number()) {
        prop_assert_eq!(IdNumber::parse(number.whole()), Ok(number.clone()));
        let read = IdNumber::read(number.whole()).unwrap();
        prop_assert!(!read.cleaned && !read.converted);
    }

    #[test]
    fn full_width_and_spaces_change_nothing(number in a_number(), gap in 0usize..18) {
        let wide: String = number.whole().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        prop_assert_eq!(&IdNumber::read(&wide).unwrap().number, &number);
        let mut spaced = number.whole().to_owned();
        spaced.insert(gap, '\u{3000}');
        prop_assert_eq!(IdNumber::read(&spaced).unwrap().number, number);
    }

    #[test]
    fn one_wrong_digit_is_always_found(number in a_number(), place in 0usize..17, step in 1u32..10) {
        let mut marks: Vec<char> = number.whole().chars().collect();
        let digit = (marks[place].to_digit(10).unwrap() + step) % 10;
        marks[place] = char::from_digit(digit, 10).unwrap();
        prop_assert_eq!(IdNumber::parse(&marks.into_iter().collect::<String>()), Err(Fault::CheckDigit));
    }

    #[test]
    fn two_neighbours_swapped_are_always_found(number in a_number(), place in 0usize..16) {
        let mut marks: Vec<char> = number.whole().chars().collect();
        prop_assume!(marks[place] != marks[place + 1]);
        marks.swap(place, place + 1);
        prop_assert_eq!(IdNumber::parse(&marks.into_iter().collect::<String>()), Err(Fault::CheckDigit));
    }

    #[test]
    fn no_text_panics_and_what_is_taken_is_whole(text in "\\PC{0,24}") {
        if let Ok(read) = IdNumber::read(&text) {
            prop_assert_eq!(read.number.whole().len(), 18);
        }
    }

    #[test]
    fn the_old_scheme_gains_its_century(number in a_number()) {
        prop_assume!(number.birth_date().year() < 2000);
        let old = format!("{}{}", &number.whole()[..6], &number.whole()[8..17]);
        let read = IdNumber::read(&old).unwrap();
        prop_assert!(read.converted);
        prop_assert_eq!(read.number, number);
    }
}
