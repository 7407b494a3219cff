//! The words of the household file.

crate::id!(
    /// A household's id.
    HouseholdId
);

crate::words! {
    /// Why the household is on file; the primary one decides the standard.
    Category {
        /// 低保标准以下困难职工
        BelowLine = "below_line",
        /// 低保边缘困难职工
        NearLine = "near_line",
        /// 意外致困职工
        Sudden = "sudden",
        /// 困难农民工
        Migrant = "migrant",
        /// 困难劳模
        ModelWorker = "model_worker",
        /// 困难党员、老党员
        PartyMember = "party_member",
        /// 残疾人家庭
        Disabled = "disabled",
        /// 孤寡、空巢老人
        ElderlyAlone = "elderly_alone",
        /// 单亲困难家庭
        SingleParent = "single_parent",
        /// 大病家庭
        SeriousIllness = "serious_illness",
        /// 优抚对象、军烈属
        VeteranFamily = "veteran_family",
        /// 困难学生、留守儿童
        Student = "student",
        /// 一线职工
        FrontLine = "front_line",
    }
}
