//! What the importer says of a roster: the rows it takes, the rows it refuses and why, and what it put right.

use std::fmt;

use super::columns::Field;
use super::mend::Mend;
use crate::households::model::{Answered, Described};
use crate::kit::http::language::Language;
use crate::kit::idnumber::Fault;

crate::words! {
    /// Why a row is refused.
    Refusal {
        /// A column that must not be empty is.
        Missing = "missing",
        /// Neither 18 nor 15 characters.
        IdLength = "id_length",
        /// Marks that no identity number has.
        IdCharacters = "id_characters",
        /// The check character does not agree.
        IdCheckDigit = "id_check_digit",
        /// The spreadsheet kept 15 digits and made the rest up.
        IdLostDigits = "id_lost_digits",
        /// No province begins so.
        IdRegion = "id_region",
        /// No such birth date.
        IdBirthDate = "id_birth_date",
        /// The number stands in an earlier row.
        IdDuplicate = "id_duplicate",
        /// No category is called so.
        UnknownCategory = "unknown_category",
        /// The file is kept by another org.
        FileElsewhere = "file_elsewhere",
    }
}

crate::words! {
    /// What was put right or left out in a row that is taken.
    Notice {
        /// Spaces, full-width digits or a small x.
        IdCleaned = "id_cleaned",
        /// From 15 digits.
        IdConverted = "id_converted",
        /// Left empty.
        PhoneUnreadable = "phone_unreadable",
        /// Left empty.
        BankCardUnreadable = "bank_card_unreadable",
        /// Left empty.
        PeopleUnreadable = "people_unreadable",
        /// Left empty.
        IncomeUnreadable = "income_unreadable",
        /// Neither yes nor no.
        FlagUnreadable = "flag_unreadable",
        /// Taken as other, kept in the remarks.
        CauseOther = "cause_other",
        /// The first of several decides.
        CategoryFirstTaken = "category_first_taken",
        /// Empty.
        AddressMissing = "address_missing",
        /// The file exists and was corrected.
        FileCorrected = "file_corrected",
        /// The file's life is over, and a roster does not bring it back.
        FileOver = "file_over",
        /// Another sheet holds a roster too.
        SheetNotRead = "sheet_not_read",
    }
}

/// A row refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The sheet's row number.
    pub row: u32,
    /// The column as the file calls it, without spaces.
    pub column: String,
    /// Why.
    pub code: Refusal,
    /// For a duplicate: the earlier row.
    pub earlier: Option<u32>,
    /// What else is wrong with the row, so that it is mended in one go.
    pub also: Vec<(String, Refusal)>,
}

/// A row taken, with something to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The sheet's row number; 0 for the file as a whole.
    pub row: u32,
    /// What.
    pub code: Notice,
}

/// A row taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The sheet's row number.
    pub row: u32,
    /// The household.
    pub described: Described,
    /// Which of its flags the row spoke of.
    pub answered: Answered,
}

/// All rows judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// What the file calls the column of identity numbers.
    pub id_column: String,
    /// Rows that are households, good or bad.
    pub rows: usize,
    /// The good ones, from the top.
    pub accepted: Vec<Accepted>,
    /// The bad ones, from the top.
    pub rejected: Vec<Rejection>,
    /// What to know about the good ones, from the top.
    pub warnings: Vec<Warning>,
    /// The cells of bad rows, and of good ones with something to know, to be put right.
    pub mend: Mend,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Length => Self::IdLength,
            Fault::Characters => Self::IdCharacters,
            Fault::CheckDigit => Self::IdCheckDigit,
            Fault::Region => Self::IdRegion,
            Fault::BirthDate => Self::IdBirthDate,
        }
    }
}

impl Rejection {
    /// The reason and the next step, in a language.
    #[must_use]
    pub fn detail(&self, language: Language) -> String {
        let mut detail = self.code.says(language).to_owned();
        if let Some(earlier) = self.earlier {
            detail = match language {
                Language::Chinese => format!("{detail}(见第 {earlier} 行)"),
                Language::English => format!("{detail} (row {earlier})"),
            };
        }
        for (column, code) in &self.also {
            let (also, words) = (if language == Language::Chinese { "另:" } else { "Also: " }, code.says(language));
            detail = format!("{detail} {also}{column} — {words}");
        }
        detail
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.row, self.column, self.code)
    }
}

impl Refusal {
    /// In words.
    #[must_use]
    pub const fn says(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Missing => ("没有填写,请补上后重新导入。", "Empty. Fill it in and import again."),
            Self::IdLength => (
                "位数不对,应为 18 位(旧号 15 位),请对照身份证核对。",
                "Wrong length: 18 characters are needed (15 in the old scheme). Check it against the card.",
            ),
            Self::IdCharacters => ("含有数字和末位 X 以外的字符,请对照身份证核对。", "It holds more than digits and a last X. Check it against the card."),
            Self::IdCheckDigit => {
                ("末位校验不符,有数字填错,请对照身份证核对。", "The check character does not agree: a digit is wrong. Check it against the card.")
            }
            Self::IdLostDigits => (
                "表格把号码当数字存,后几位已丢失;请把该列设为文本格式,再照身份证重填。",
                "The spreadsheet stored it as a number and lost its last digits. Make the column text and type it again from the card.",
            ),
            Self::IdRegion => ("前两位不是任何省份的代码,请对照身份证核对。", "No province begins with these digits. Check it against the card."),
            Self::IdBirthDate => ("其中的出生日期不存在或不合理,请对照身份证核对。", "The birth date in it cannot be. Check it against the card."),
            Self::IdDuplicate => (
                "同一身份证号码在前面已出现,每人只建一档,请删去重复的一行。",
                "The same number stands in an earlier row. One person has one file: remove one of them.",
            ),
            Self::UnknownCategory => ("不是已知的困难类别,请改为建档标准类别之一。", "No category is called so. Use one of the categories of the file."),
            Self::FileElsewhere => (
                "此人的档案由其他工会保管,不能重复建档;请联系上级帮扶中心。",
                "This person's file is kept by another org and cannot be made twice. Ask the centre above.",
            ),
        };
        if matches!(language, Language::Chinese) { chinese } else { english }
    }
}

impl Notice {
    /// The column it is about, where it is one of the row's.
    #[must_use]
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::IdCleaned | Self::IdConverted => Some(Field::IdNumber),
            Self::PhoneUnreadable => Some(Field::Phone),
            Self::BankCardUnreadable => Some(Field::BankCard),
            Self::PeopleUnreadable => Some(Field::People),
            Self::IncomeUnreadable => Some(Field::Income),
            Self::CauseOther => Some(Field::Cause),
            Self::CategoryFirstTaken => Some(Field::Category),
            Self::AddressMissing => Some(Field::Address),
            Self::FlagUnreadable | Self::FileCorrected | Self::FileOver | Self::SheetNotRead => None,
        }
    }

    /// In words.
    #[must_use]
    pub const fn says(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::IdCleaned => {
                ("身份证号码里的空格、全角数字或小写 x 已改正。", "Spaces, full-width digits or a small x in the identity number were put right.")
            }
            Self::IdConverted => {
                ("15 位旧身份证号码已换成 18 位,请在下次走访时核对。", "A 15-digit number of the old scheme was converted. Check it at the next visit.")
            }
            Self::PhoneUnreadable => ("电话号码看不懂,已留空,请在档案里补上。", "The telephone number cannot be read and was left empty. Add it to the file."),
            Self::BankCardUnreadable => {
                ("银行卡号不完整或校验不符,已留空,请在档案里补上。", "The bank card number is incomplete or wrong and was left empty. Add it to the file.")
            }
            Self::PeopleUnreadable => ("家庭人口看不懂,已留空,请在档案里补上。", "The number of people cannot be read and was left empty. Add it to the file."),
            Self::IncomeUnreadable => ("人均月收入看不懂,已留空,请在档案里补上。", "The income cannot be read and was left empty. Add it to the file."),
            Self::FlagUnreadable => ("“是/否”栏看不懂,已按“否”处理,请核对。", "A yes/no column cannot be read and was taken as no. Please check."),
            Self::CauseOther => {
                ("致困原因不在常用之列,已记为“其他”,原话保留在备注里。", "The cause is none of the usual ones: taken as other, its words kept in the remarks.")
            }
            Self::CategoryFirstTaken => ("写了多个困难类别,以第一个为主。", "Several categories were given: the first one is primary."),
            Self::AddressMissing => ("没有家庭住址,请在走访前补上。", "There is no address. Add it before the visit."),
            Self::FileCorrected => ("档案已存在,已按本行更正并留下更改记录。", "The file exists: it was corrected from this row, and the change is kept."),
            Self::FileOver => (
                "档案已脱困、销档或未通过,导入不会重新启用;如需恢复请在档案里办理。",
                "The file is relieved, closed or rejected; a roster does not bring it back. Do that in the file itself.",
            ),
            Self::SheetNotRead => (
                "文件里还有另一张名册工作表没有读,请另存为单独的文件再导入。",
                "Another sheet holds a roster and was not read. Save it as a file of its own and import that.",
            ),
        };
        if matches!(language, Language::Chinese) { chinese } else { english }
    }
}
