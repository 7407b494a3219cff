//! What the season gives: funds with their sources and earmarks, goods, and the standard of each category.

/// A fund: name, source, earmark.
pub(super) const FUNDS: [(&str, &str, &str); 5] = [
    ("中央财政困难职工帮扶资金", "government", "living"),
    ("市总工会送温暖经费", "union", "any"),
    ("爱心企业大病救助捐款", "donation", "medical"),
    ("热力公司暖冬捐助", "other", "heating"),
    ("金秋助学慈善款", "donation", "schooling"),
];
pub(super) const GOVERNMENT: usize = 0;
pub(super) const UNION: usize = 1;
pub(super) const MEDICAL: usize = 2;
pub(super) const HEATING: usize = 3;
pub(super) const SCHOOLING: usize = 4;

/// Goods: name, unit, the value of a unit in fen, and which fund's giver gave them.
pub(super) const GOODS: [(&str, &str, i64, usize); 6] = [
    ("东北大米10kg", "袋", 6_800, UNION),
    ("菜籽油5L", "桶", 7_200, UNION),
    ("棉被", "床", 15_800, HEATING),
    ("春联福字礼包", "副", 1_500, UNION),
    ("面粉5kg", "袋", 3_200, MEDICAL),
    ("学习用品礼包", "套", 6_000, SCHOOLING),
];
pub(super) const RICE: usize = 0;
pub(super) const OIL: usize = 1;
pub(super) const QUILT: usize = 2;
pub(super) const COUPLETS: usize = 3;
pub(super) const FLOUR: usize = 4;
pub(super) const SCHOOLBAG: usize = 5;

/// What a category receives.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) category: &'static str,
    /// As a roster writes it.
    pub(super) written: &'static str,
    pub(super) cause: &'static str,
    pub(super) cash_yuan: i64,
    pub(super) purpose: &'static str,
    /// Which fund pays.
    pub(super) fund: usize,
    pub(super) goods: &'static [(usize, i64)],
    /// How many of a hundred files.
    pub(super) share: usize,
}

macro_rules! promises {
    ($($category:literal $written:literal $cause:literal $cash:literal $purpose:literal $fund:ident [$(($item:ident, $n:literal)),*] $share:literal;)+) => {
        /// One standard a category; front-line workers are comforted in groups and have none.
        pub(super) const PROMISES: [Promise; 12] = [$(Promise {
            category: $category, written: $written, cause: $cause, cash_yuan: $cash, purpose: $purpose, fund: $fund, goods: &[$(($item, $n)),*], share: $share,
        }),+];
    };
}

promises! {
    "below_line" "低保户" "收入低" 1_200 "living" GOVERNMENT [(RICE, 2), (OIL, 1), (COUPLETS, 1)] 22;
    "near_line" "低保边缘户" "下岗失业" 800 "living" GOVERNMENT [(RICE, 1), (OIL, 1), (COUPLETS, 1)] 16;
    "sudden" "意外致困职工" "意外事故" 1_500 "living" GOVERNMENT [(RICE, 1), (COUPLETS, 1)] 7;
    "migrant" "困难农民工" "欠薪" 600 "living" GOVERNMENT [(RICE, 1), (OIL, 1), (COUPLETS, 1)] 10;
    "model_worker" "困难劳模" "患病" 1_000 "living" UNION [(OIL, 1), (COUPLETS, 1)] 4;
    "party_member" "老党员" "收入低" 600 "living" UNION [(OIL, 1), (COUPLETS, 1)] 4;
    "disabled" "残疾人家庭" "残疾" 1_000 "living" GOVERNMENT [(RICE, 1), (QUILT, 1), (COUPLETS, 1)] 9;
    "elderly_alone" "孤寡老人" "其他" 600 "heating" HEATING [(RICE, 1), (QUILT, 1), (COUPLETS, 1)] 8;
    "single_parent" "单亲家庭" "亲属去世" 800 "living" GOVERNMENT [(RICE, 1), (OIL, 1), (COUPLETS, 1)] 6;
    "serious_illness" "大病家庭" "患病" 2_000 "medical" MEDICAL [(OIL, 1), (COUPLETS, 1)] 8;
    "veteran_family" "军烈属" "收入低" 600 "living" UNION [(RICE, 1), (COUPLETS, 1)] 2;
    "student" "困难学生" "子女上学" 1_000 "schooling" SCHOOLING [(SCHOOLBAG, 1), (COUPLETS, 1)] 4;
}
