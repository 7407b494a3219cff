//! The invented city of Nuanchuan: its union orgs, its teams, its streets. No place of this name lies at these coordinates.

/// The federation's code and name.
pub(super) const FEDERATION: (&str, &str) = ("nuanchuan", "暖川市总工会");

/// The districts: code and name.
pub(super) const DISTRICTS: [(&str, &str); 3] = [("dongxi", "东溪区总工会"), ("nanmo", "南陌区总工会"), ("beixing", "北杏区总工会")];

/// A station with its one team.
#[derive(Debug)]
pub(super) struct Station {
    /// Which of the districts.
    pub(super) district: usize,
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) team: &'static str,
    /// Where it lies, WGS 84.
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) streets: [&'static str; 4],
    /// Households on file.
    pub(super) households: usize,
    /// Households reached so far.
    pub(super) reached: usize,
}

macro_rules! stations {
    ($($district:literal $code:literal $name:literal $team:literal ($latitude:literal, $longitude:literal) $streets:expr, $households:literal $reached:literal;)+) => {
        /// All stations; team n stands at station n.
        pub(super) const STATIONS: [Station; 8] = [$(Station {
            district: $district, code: $code, name: $name, team: $team, latitude: $latitude, longitude: $longitude, streets: $streets,
            households: $households, reached: $reached,
        }),+];
    };
}

stations! {
    0 "liuyin" "柳荫街道困难职工帮扶站" "柳荫走访组" (30.6138, 104.1287) ["柳荫一巷", "柳荫二巷", "拴马街", "青石桥路"], 26 20;
    0 "shiqiao" "石桥街道困难职工帮扶站" "石桥走访组" (30.6021, 104.1402) ["石桥正街", "磨坊巷", "东溪河路", "棉花街"], 26 18;
    0 "jixie" "东溪机械厂帮扶站" "机械厂走访组" (30.6209, 104.1446) ["机械厂生活区", "厂北路", "工人新村", "铸造巷"], 26 17;
    1 "wutong" "梧桐街道困难职工帮扶站" "梧桐走访组" (30.5812, 104.1018) ["梧桐大街", "竹篾巷", "南陌正街", "豆腐巷"], 26 16;
    1 "mianfang" "第二棉纺厂帮扶站" "棉纺厂走访组" (30.5733, 104.1150) ["棉纺一村", "棉纺三村", "纱厂路", "织布巷"], 25 15;
    2 "xinglin" "杏林街道困难职工帮扶站" "杏林走访组" (30.6395, 104.0861) ["杏林路", "药市巷", "北杏正街", "井水街"], 25 14;
    2 "shuyuan" "书院街道困难职工帮扶站" "书院走访组" (30.6472, 104.1003) ["书院南街", "书院北街", "纸坊巷", "观音桥街"], 25 12;
    2 "gongjiao" "公共交通公司帮扶站" "公交走访组" (30.6318, 104.0720) ["车站路", "公交新村", "二环支路", "银杏巷"], 25 10;
}

/// Invented region codes for identity numbers: the province exists, the counties do not.
pub(super) const REGIONS: [u32; 3] = [519_801, 519_802, 519_803];
