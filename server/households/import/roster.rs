//! Row by row: a household, or the reasons why it is none.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::clean;
use super::columns::Field;
use super::header::Header;
use super::mend::Mend;
use super::table::{Cell, Row, Table};
use super::verdict::{Accepted, Notice, Refusal, Rejection, Verdict, Warning};
use super::{fold, rows, words};
use crate::households::model::{Answered, Category, Cause, Described};
use crate::kit::idnumber::IdNumber;

/// Judges every row below the header.
#[must_use]
pub fn judge(table: &Table, header: &Header, today: NaiveDate) -> Verdict {
    let mut verdict = Verdict { id_column: header.written(Field::IdNumber), mend: Mend::under(header), ..Verdict::default() };
    let mut seen: HashMap<IdNumber, u32> = HashMap::new();
    for (number, row) in table.rows().filter(|(number, _)| *number >= header.body_from) {
        if header.is_repeated_in(number, row) || !rows::is_household(header, row) {
            continue;
        }
        verdict.rows += 1;
        let reader = RowReader { header, row, today };
        match reader.household(&seen) {
            Ok((described, answered, notices)) => {
                seen.insert(described.id_number.clone(), number);
                if !notices.is_empty() {
                    verdict.mend.tell(number, row, notices.iter().filter_map(|notice| notice.field()).collect());
                }
                verdict.warnings.extend(notices.into_iter().map(|code| Warning { row: number, code }));
                verdict.accepted.push(Accepted { row: number, described, answered });
            }
            Err(faults) => {
                verdict.mend.tell(number, row, faults.iter().map(|(field, ..)| *field).collect());
                verdict.rejected.extend(rejection(header, number, faults));
            }
        }
    }
    verdict
}

/// A column at fault, why, and for a duplicate the earlier row.
type RowFault = (Field, Refusal, Option<u32>);

fn rejection(header: &Header, row: u32, faults: Vec<RowFault>) -> Option<Rejection> {
    let mut faults = faults.into_iter();
    let (field, code, earlier) = faults.next()?;
    let also = faults.map(|(field, code, _)| (header.written(field), code)).collect();
    Some(Rejection { row, column: header.written(field), code, earlier, also })
}

struct RowReader<'a> {
    header: &'a Header,
    row: &'a Row,
    today: NaiveDate,
}

impl RowReader<'_> {
    fn cell(&self, field: Field) -> Option<&Cell> {
        self.header.at(field).and_then(|at| self.row.get(at))
    }

    fn prose(&self, field: Field) -> Option<String> {
        clean::typed(self.cell(field)).map(|text| fold::prose(&text)).filter(|text| !text.is_empty())
    }

    fn household(&self, seen: &HashMap<IdNumber, u32>) -> Result<(Described, Answered, Vec<Notice>), Vec<RowFault>> {
        let mut faults: Vec<RowFault> = Vec::new();
        let name = clean::typed(self.cell(Field::Name)).map(|text| fold::name(&text)).filter(|name| !name.is_empty());
        if name.is_none() {
            faults.push((Field::Name, Refusal::Missing, None));
        }
        let id = clean::id_number(self.cell(Field::IdNumber)).map_err(|code| (Field::IdNumber, code, None)).and_then(|read| {
            let earlier = seen.get(&read.number).copied();
            match earlier {
                Some(_) => Err((Field::IdNumber, Refusal::IdDuplicate, earlier)),
                None if !read.number.is_born_by(self.today) => Err((Field::IdNumber, Refusal::IdBirthDate, None)),
                None => Ok(read),
            }
        });
        let category = clean::typed(self.cell(Field::Category))
            .ok_or(Refusal::Missing)
            .and_then(|text| words::category(&text).ok_or(Refusal::UnknownCategory))
            .map_err(|code| (Field::Category, code, None));
        match (name, id, category) {
            (Some(name), Ok(id), Ok(category)) => {
                let told = [(Notice::IdCleaned, id.cleaned), (Notice::IdConverted, id.converted), (Notice::CategoryFirstTaken, category.more)];
                let notices = told.into_iter().filter_map(|(notice, is_so)| is_so.then_some(notice)).collect();
                Ok(self.rest(name, id.number, category.value, notices))
            }
            (_, id, category) => {
                faults.extend(id.err());
                faults.extend(category.err());
                Err(faults)
            }
        }
    }

    fn rest(&self, name: String, id_number: IdNumber, category: Category, mut notices: Vec<Notice>) -> (Described, Answered, Vec<Notice>) {
        let mut note = |notice, is_so: bool| {
            if is_so && !notices.contains(&notice) {
                notices.push(notice);
            }
        };
        let (phone, unreadable) = clean::phone(self.cell(Field::Phone)).split();
        note(Notice::PhoneUnreadable, unreadable);
        let (bank_card, unreadable) = clean::bank_card(self.cell(Field::BankCard)).split();
        note(Notice::BankCardUnreadable, unreadable);
        let (people, unreadable) = clean::people(self.cell(Field::People)).split();
        note(Notice::PeopleUnreadable, unreadable);
        let (income_fen, unreadable) = clean::income_fen(self.cell(Field::Income), &self.header.written(Field::Income)).split();
        note(Notice::IncomeUnreadable, unreadable);
        let mut flag = |field| {
            let (value, unreadable) = clean::flag(self.cell(field)).split();
            note(Notice::FlagUnreadable, unreadable);
            value
        };
        let (migrant, laid_off, retired) = (flag(Field::Migrant), flag(Field::LaidOff), flag(Field::Retired));
        let is_migrant = migrant == Some(true) || category == Category::Migrant;
        let answered = Answered { migrant: migrant.is_some() || is_migrant, laid_off: laid_off.is_some(), retired: retired.is_some() };
        let (cause, words_of_cause) = self.cause();
        note(Notice::CauseOther, words_of_cause.is_some());
        let remarks = [self.prose(Field::Remarks), words_of_cause.map(|words| format!("致困原因:{words}"))];
        let address = self.prose(Field::Address).unwrap_or_default();
        note(Notice::AddressMissing, address.is_empty());
        let described = Described {
            name,
            id_number,
            phone,
            workplace: self.prose(Field::Workplace),
            address,
            category,
            cause,
            people,
            income_fen,
            migrant: is_migrant,
            laid_off: laid_off == Some(true),
            retired: retired == Some(true),
            bank_card,
            remarks: remarks.into_iter().flatten().collect::<Vec<_>>().join(";"),
        };
        (described, answered, notices)
    }

    /// The cause, and its words where the list does not know them.
    fn cause(&self) -> (Option<Cause>, Option<String>) {
        match self.prose(Field::Cause) {
            None => (None, None),
            Some(text) => match words::cause(&text) {
                Some(meant) => (Some(meant.value), None),
                None => (Some(Cause::Other), Some(text)),
            },
        }
    }
}
