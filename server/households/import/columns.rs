//! What union offices call their columns. Spaces, brackets, marks and full-width forms are folded before the look-up.

crate::words! {
    /// What a column of a roster can hold.
    Field as "RosterField" {
        /// 姓名
        Name = "name",
        /// 身份证号码
        IdNumber = "id_number",
        /// 工作单位
        Workplace = "workplace",
        /// 家庭住址
        Address = "address",
        /// 联系电话
        Phone = "phone",
        /// 困难类别
        Category = "category",
        /// 致困原因
        Cause = "cause",
        /// 家庭人口
        People = "people",
        /// 人均月收入
        Income = "income",
        /// 是否农民工
        Migrant = "migrant",
        /// 是否下岗
        LaidOff = "laid_off",
        /// 是否退休
        Retired = "retired",
        /// 银行卡号
        BankCard = "bank_card",
        /// 备注
        Remarks = "remarks",
    }
}

/// The usual word first.
const NAMES: &[(Field, &str)] = &[
    (
        Field::Name,
        "姓名 户主姓名 户主 职工姓名 困难职工姓名 困难职工 申请人 申请人姓名 本人姓名 家庭户主 受助人 受助人姓名 慰问对象 慰问对象姓名 \
         被慰问人姓名 帮扶对象 帮扶对象姓名 救助对象姓名 名字 人员姓名 name headname fullname headofhousehold",
    ),
    (
        Field::IdNumber,
        "身份证号码 身份证号 身份证 身份证件号码 身份证件号 公民身份号码 公民身份证号码 公民身份证号 居民身份证号码 居民身份证号 \
         户主身份证号码 户主身份证号 职工身份证号码 职工身份证号 本人身份证号码 本人身份证号 申请人身份证号码 申请人身份证号 有效身份证号码 \
         证件号码 证件号 idnumber headidnumber idno idcard idcardnumber residentidentitynumber",
    ),
    (Field::Workplace, "工作单位 单位 所在单位 单位名称 工作单位名称 原工作单位 用人单位 所属单位 所在企业 企业名称 workplace employer"),
    (
        Field::Address,
        "家庭住址 家庭地址 住址 地址 现住址 现住地址 现家庭住址 家庭现住址 家庭详细地址 家庭详细住址 详细地址 详细住址 居住地址 现居住地址 \
         现居住地 居住地 常住地址 通讯地址 通信地址 联系地址 address homeaddress",
    ),
    (
        Field::Phone,
        "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 联系手机 移动电话 本人电话 本人联系电话 联系电话号码 phone phonenumber mobile \
         telephone",
    ),
    (
        Field::Category,
        "困难类别 建档标准类别 建档标准 建档类别 困难类型 困难种类 困难职工类别 困难职工类型 困难职工类别名称 类别 类型 人员类别 对象类别 \
         慰问对象类别 帮扶类别 category",
    ),
    (Field::Cause, "致困原因 困难原因 主要致困原因 主要困难原因 致贫原因 贫困原因 致困主要原因 原因 cause"),
    (Field::People, "家庭人口 家庭人口数 家庭人数 人口 人口数 家庭总人口 家庭成员数 家庭成员人数 家庭成员人口数 共同生活人数 people householdsize"),
    (
        Field::Income,
        "人均月收入 家庭人均月收入 家庭月人均收入 月人均收入 人均月收入金额 家庭人均月收入金额 人均收入 家庭人均收入 monthlyincome \
         incomeperhead",
    ),
    (Field::Migrant, "是否农民工 农民工 是否为农民工 是否困难农民工 是不是农民工 migrant migrantworker"),
    (Field::LaidOff, "是否下岗 是否下岗失业 是否为下岗职工 laidoff"),
    (Field::Retired, "是否退休 是否为退休职工 是否离退休 retired"),
    (
        Field::BankCard,
        "银行卡号 银行卡 银行账号 银行帐号 银行卡账号 开户账号 开户帐号 银行账户 账号 帐号 卡号 储蓄卡号 本人银行卡号 户主银行卡号 bankcard \
         bankaccount",
    ),
    (Field::Remarks, "备注 备注说明 情况说明 困难情况 家庭情况说明 remarks notes"),
];

impl Field {
    /// The field a folded name stands for.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        // Every bank has its own card column: 工行卡号, 农业银行账号.
        let is_card = ["行卡号", "行账号", "行帐号"].iter().any(|end| key.ends_with(end));
        let known = NAMES.iter().find(|(_, names)| names.split(' ').any(|name| name == key)).map(|(field, _)| *field);
        known.or(is_card.then_some(Self::BankCard))
    }

    /// The usual name of its column.
    #[must_use]
    pub fn usual(self) -> &'static str {
        NAMES.iter().find(|(field, _)| *field == self).and_then(|(_, names)| names.split(' ').next()).unwrap_or_default()
    }
}
