//! What people write for a category and for a cause.

use super::fold;
use crate::households::model::{Category, Cause};

const CATEGORIES: &[(Category, &str)] = &[
    (
        Category::BelowLine,
        "低保户 低保 低保家庭 低保对象 低保职工 低保困难职工 低保标准以下 低保标准以下困难职工 低保线以下 低于低保线 享受低保 最低生活保障 \
         最低生活保障家庭 深度困难 深度困难职工 深度困难职工家庭",
    ),
    (
        Category::NearLine,
        "低保边缘 低保边缘户 低保边缘家庭 低保边缘职工 低保边缘困难职工 边缘户 略高于低保 略高于低保线 相对困难 相对困难职工 \
         相对困难职工家庭",
    ),
    (Category::Sudden, "意外致困 意外致困职工 意外致困职工家庭 意外困难 意外事故致困 突发困难 突发意外 突发事件致困 临时困难 因灾致困"),
    (Category::Migrant, "困难农民工 农民工 困难农民工家庭"),
    (Category::ModelWorker, "困难劳模 劳模 劳动模范 困难劳动模范"),
    (Category::PartyMember, "困难党员 老党员 困难党员老党员 党员 生活困难党员"),
    (Category::Disabled, "残疾人家庭 残疾人 残疾 残疾家庭 残疾职工 残疾人户 困难残疾人"),
    (Category::ElderlyAlone, "孤寡老人 孤寡空巢老人 空巢老人 孤寡 孤老 独居老人 孤寡独居老人"),
    (Category::SingleParent, "单亲家庭 单亲 单亲困难家庭 单亲困难职工 单亲困难女职工 困难单亲家庭"),
    (Category::SeriousIllness, "大病家庭 大病 大病职工 大病困难职工 患大病 重病家庭 重大疾病 重大疾病家庭"),
    (Category::VeteranFamily, "优抚对象 军烈属 优抚对象军烈属 烈属 军属 优抚家庭"),
    (Category::Student, "困难学生 留守儿童 困难学生留守儿童 困难学子"),
    (Category::FrontLine, "一线职工 环卫工人 环卫职工 协警 公交司机"),
];

const CAUSES: &[(Cause, &str)] = &[
    (
        Cause::Illness,
        "患病 大病 疾病 重病 生病 因病 因病致困 因病致贫 本人患病 本人大病 本人疾病 家属患病 家属大病 家庭成员患病 供养直系亲属大病 \
         本人或家属患病 重大疾病",
    ),
    (Cause::Accident, "意外事故 意外 事故 意外伤害 意外伤残 工伤 交通事故 车祸 突发意外"),
    (Cause::Disaster, "自然灾害 灾害 受灾 因灾 因灾致困 火灾 水灾 地震 意外灾害"),
    (Cause::JobLoss, "下岗失业 下岗 失业 待业 下岗待业 无业 就业困难 失去工作"),
    (Cause::Schooling, "子女上学 子女就学 子女入学 子女教育 上学 就学 因学 因学致困 子女读书 供养子女上学"),
    (Cause::Disability, "残疾 因残 因残致困 本人残疾 家属残疾 家庭成员残疾 身体残疾"),
    (Cause::LowPay, "收入低 工资低 低收入 工资收入低 收入低无法维持基本生活 收入微薄"),
    (Cause::WageArrears, "欠薪 拖欠工资 工资拖欠 被欠薪"),
    (Cause::DeathInFamily, "亲属去世 亲人去世 家庭成员去世 丧偶 丧亲 家属去世 配偶去世"),
    (Cause::Other, "其他 其它 其他原因 其它原因"),
];

/// What a list of words made of a cell.
#[derive(Debug, PartialEq, Eq)]
pub struct Meant<T> {
    /// The first word known.
    pub value: T,
    /// Whether the cell named something more.
    pub more: bool,
}

/// The category a cell means. Where it names several, the first known one is the primary.
#[must_use]
pub fn category(text: &str) -> Option<Meant<Category>> {
    meant(text, |key| Category::parse(key).or_else(|| look_up(CATEGORIES, key)))
}

/// The cause a cell means.
#[must_use]
pub fn cause(text: &str) -> Option<Meant<Cause>> {
    meant(text, |key| Cause::parse(key).or_else(|| look_up(CAUSES, key)))
}

fn meant<T>(text: &str, look: impl Fn(&str) -> Option<T>) -> Option<Meant<T>> {
    // The identifiers hold an underscore, which folding would take.
    let word = fold::written(text).to_lowercase();
    if let Some(value) = look(&word).or_else(|| look(&fold::key(text))) {
        return Some(Meant { value, more: false });
    }
    let parts: Vec<&str> = text.split(|c: char| c.is_whitespace() || "、,，;；/／+＋和及".contains(c)).filter(|part| !fold::key(part).is_empty()).collect();
    let value = parts.iter().find_map(|part| look(&fold::key(part)))?;
    Some(Meant { value, more: parts.len() > 1 })
}

fn look_up<T: Copy>(list: &[(T, &str)], key: &str) -> Option<T> {
    list.iter().find(|(_, words)| words.split(' ').any(|word| word == key)).map(|(value, _)| *value)
}
