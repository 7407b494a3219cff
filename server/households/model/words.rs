//! The closed sets of words of the file.

crate::words! {
    /// Why a household is on file; it decides the standard.
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

crate::words! {
    /// How somebody is related to the head of the household.
    Relation {
        /// 本人
        Own = "self",
        /// 配偶
        Spouse = "spouse",
        /// 子女
        Child = "child",
        /// 父母
        Parent = "parent",
        /// 亲属
        Relative = "relative",
        /// 邻居
        Neighbour = "neighbour",
        /// 单位、社区干部
        Official = "official",
        /// 其他
        Other = "other",
    }
}

crate::words! {
    /// What brought the hardship.
    Cause {
        /// 患病
        Illness = "illness",
        /// 意外事故
        Accident = "accident",
        /// 自然灾害
        Disaster = "disaster",
        /// 下岗失业
        JobLoss = "job_loss",
        /// 子女上学
        Schooling = "schooling",
        /// 残疾
        Disability = "disability",
        /// 收入低
        LowPay = "low_pay",
        /// 欠薪
        WageArrears = "wage_arrears",
        /// 亲属去世
        DeathInFamily = "death_in_family",
        /// 其他
        Other = "other",
    }
}

crate::words! {
    /// Where a file stands in its life.
    Status {
        /// 申请
        Applied = "applied",
        /// 已评议
        Reviewed = "reviewed",
        /// 公示中
        Noticed = "noticed",
        /// 复核中
        Verifying = "verifying",
        /// 已批准
        Approved = "approved",
        /// 已脱困
        Relieved = "relieved",
        /// 已销档
        Closed = "closed",
        /// 未通过
        Rejected = "rejected",
        /// 视为放弃
        Waived = "waived",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}
