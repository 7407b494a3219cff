//! Which rows are somebody's, and which are totals, signatures and notes.

use super::columns::Field;
use super::fold;
use super::header::Header;
use super::table::{Cell, Row};

/// Who is in a row shows in these.
const PERSONAL: [Field; 7] = [Field::Name, Field::IdNumber, Field::Phone, Field::Address, Field::Category, Field::Workplace, Field::BankCard];

/// How lines begin that close a sheet or a part of it.
const CLOSING: &str = "合计 总计 共计 小计 累计 本页小计 本页合计 填报 填表 制表 说明 备注: 注: 注意 附注 附: 负责人 经办人 审核 审批 复核 主管 签字 签名 \
    签章 盖章 单位盖章 单位负责人 领导 主席 工会主席 日期 联系人 填报日期 total subtotal signature note";

/// Whether a row is a household's, however badly filled in.
#[must_use]
pub fn is_household(header: &Header, row: &Row) -> bool {
    let text = |field| header.at(field).and_then(|at| row.get(at)).map(Cell::text).map(|text| fold::written(&text)).unwrap_or_default();
    let holds = |field| !text(field).is_empty() && !is_closing(&text(field));
    if holds(Field::IdNumber) || !PERSONAL.into_iter().any(holds) {
        return holds(Field::IdNumber);
    }
    // 合计 in the serial column beside figures; a name beside it is a person's all the same.
    let closes = row.cells().any(|(_, cell)| is_closing(&fold::written(&cell.text())));
    !closes || holds(Field::Name) || (holds(Field::Address) && holds(Field::Phone))
}

fn is_closing(written: &str) -> bool {
    let lower = written.to_lowercase();
    CLOSING.split(' ').any(|word| lower.starts_with(word))
}
