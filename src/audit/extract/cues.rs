//! The words that tell what a number is about.

/// Where the one of the words that ends last begins and ends; bytes of the text.
pub(super) fn last_of(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    places(text, words).max_by_key(|&(start, end)| (end, std::cmp::Reverse(start)))
}

/// Where the first of the words begins and ends.
pub(super) fn first_of(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    places(text, words).min_by_key(|&(start, end)| (start, std::cmp::Reverse(end)))
}

/// Whether one of the words stands in the text.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    places(text, words).next().is_some()
}

/// All places of the words. A Latin word has no letter or digit beside it; `sav-` with its hyphen is any word that so begins.
pub(super) fn places(text: &str, words: &[&str]) -> impl Iterator<Item = (usize, usize)> {
    words.iter().flat_map(move |word| {
        let (word, stem) = word.strip_suffix('-').map_or((*word, false), |stem| (stem, true));
        let latin = |c: char| c.is_ascii_alphanumeric();
        text.match_indices(word).map(move |(at, _)| (at, at + word.len())).filter(move |&(start, end)| {
            let before = word.starts_with(latin) && text.get(..start).is_some_and(|head| head.ends_with(latin));
            let behind = !stem && word.ends_with(latin) && text.get(end..).is_some_and(|tail| tail.starts_with(latin));
            !before && !behind
        })
    })
}

/// For a year. Those that begin with 年 are checked for a figure or 今, 去, 明 before them.
#[rustfmt::skip]
pub(super) const YEAR: &[&str] = &[
    "每年", "年均", "年平均", "年发", "年供", "年上网", "年可", "年节", "年减", "年产", "年总", "全年", "年度",
    "年预", "年送", "年输", "年替", "年提", "年排", "年理论", "年综合", "年利用", "年贡献", "年新增", "年二氧化碳",
    "年标", "年碳", "年将", "年约", "年用", "一年", "逐年", "首年", "第一年", "annual", "annually", "yearly",
    "per year", "a year", "each year", "every year", "per annum", "p.a.", "/year", "/yr", "year-round",
    "typical year", "average year", "normal year", "in a year", "first year", "last year", "calendar year",
];

/// For the plant's life.
#[rustfmt::skip]
pub(super) const LIFE: &[&str] = &[
    "生命周期", "寿命期", "运营期", "寿命内", "运行期", "经营期", "lifetime", "life of the", "its life",
    "life cycle", "lifecycle", "lifespan", "service life", "-year life",
];

/// Up to a day, not for a span that could be told.
#[rustfmt::skip]
pub(super) const TO_DATE: &[&str] = &[
    "截至", "截止", "已发电", "已累计", "迄今", "以来", "至今", "投运后已", "to date", "so far", "since",
    "has generated", "has produced", "has delivered", "have generated", "have produced", "has already", "has saved",
    "has avoided", "until now", "今年前", "上半年", "下半年", "前三季度", "季度", "本月", "first half",
    "first quarter", "quarter",
];

/// A total: of the life where the life is named, else to date.
pub(super) const TOTAL: &[&str] = &["累计", "cumulative", "cumulatively", "accumulated", "总共"];

/// Sums that say nothing where no life is named.
#[rustfmt::skip]
pub(super) const SUM: &[&str] = &[
    "总发电量", "总发电", "总上网电量", "总减排", "总节约", "in total", "total generation", "total output",
];

/// For a day, a month, an hour.
#[rustfmt::skip]
pub(super) const SHORT: &[&str] = &[
    "首日", "首月", "日均", "每天", "每日", "日发", "月均", "每月", "月发", "当日", "当月", "当天", "单日", "昨日",
    "每小时", "first day", "first month", "first week", "daily", "per day", "a day", "monthly", "per month",
    "a month", "each day", "each month", "per hour", "single day", "peak day", "in one day", "months", "weeks",
    "days", "个月", "one month", "last month", "this month", "季度", "in january", "in february", "in march",
    "in april", "in may", "in june", "in july", "in august", "in september", "in october", "in november",
    "in december",
];

/// Storage, which has capacity and energy too.
#[rustfmt::skip]
pub(super) const STORAGE: &[&str] = &[
    "储能", "蓄电", "电池储", "锂电", "蓄能", "battery", "batteries", "storage", "bess", "energy store",
    "heat store", "储热", "充放电", "放电量", "充电量",
];

/// What a figure beside a store may be of instead.
#[rustfmt::skip]
pub(super) const SOLAR: &[&str] = &[
    "光伏", "太阳能", "屋顶", "发电量", "solar", "pv", "photovoltaic", "rooftop", "roof", "array",
];

/// Other generators and other machines.
#[rustfmt::skip]
pub(super) const OTHER_POWER: &[&str] = &[
    "风电", "风力", "风机", "火电", "燃煤机组", "煤电", "水电", "核电", "生物质", "燃气", "余热", "热电", "逆变器",
    "变压器", "箱变", "充电桩", "充电", "用电负荷", "负荷", "电锅炉", "热泵", "wind", "turbine", "turbines",
    "coal-fired", "thermal power", "hydro", "hydropower", "nuclear", "gas-fired", "biomass", "inverter",
    "inverters", "transformer", "transformers", "charger", "chargers", "charging", "load", "demand", "heat pump",
    "heat pumps", "boiler", "furnace", "grid connection", "export", "export limit", "connection capacity",
    "变电容量", "供电容量", "generators", "diesel", "柴油", "电动机", "motor", "motors",
];

/// Modules, which have watts of their own.
#[rustfmt::skip]
pub(super) const MODULE: &[&str] = &[
    "组件", "光伏板", "单晶", "双面", "module", "modules", "panel", "panels", "bifacial", "单块",
];

/// A region or a trade as a whole, not a plant.
#[rustfmt::skip]
pub(super) const REGION: &[&str] = &[
    "全国", "全省", "全市", "全县", "全区", "全球", "世界", "我国", "全行业", "全省光伏", "全集团", "nationwide",
    "worldwide", "globally", "country", "country's", "nation", "national", "province's", "the province", "city's",
    "the city has", "county's", "china's", "china added", "china had", "world", "world's", "全州", "全自治区",
    "整县", "该市", "该县", "该省", "该区", "本市", "全镇", "group-wide", "the city", "the county", "the town",
    "aims", "aim", "target", "targets", "goal", "目标", "力争", "portfolio", "旗下", "累计装机", "累计建成",
    "集团总", "company-wide", "industry",
];

/// That energy is made.
#[rustfmt::skip]
pub(super) const MADE: &[&str] = &[
    "发电", "发出", "能发", "可发", "产生", "供电", "供能", "提供", "上网电量", "送电", "输出", "生产", "产出",
    "绿电", "generat-", "produc-", "yield-", "suppl-", "deliver-", "output", "make-", "feed-", "provid-", "give-",
    "sav-", "contribut-", "energy", "electricity", "of power", "clean power", "solar power", "harvest-",
];

/// Months, which make the time of a figure without its own unsure.
#[rustfmt::skip]
pub(super) const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "月份", "月",
];

/// What takes up the figure before: a part of it.
pub(super) const PART_OF: &[&str] = &["其中", "of which", "including", "包括"];

/// Sun and wind told together.
pub(super) const BOTH: &[&str] = &[
    "wind and solar",
    "solar and wind",
    "风光",
    "风电和光伏",
    "光伏和风电",
    "风电光伏",
    "风力和光伏",
    "光伏及风电",
    "风电与光伏",
];

/// Power of a moment, or of one of several.
#[rustfmt::skip]
pub(super) const MOMENT: &[&str] = &[
    "peaked", "peaking", "出力", "瞬时", "实时功率", "at noon", "each of", "each has",
    "each have", "every one", "apiece", "各装", "各安装",
];

/// What a figure is compared with.
#[rustfmt::skip]
pub(super) const COMPARED: &[&str] = &[
    "较上年", "比上年", "同比", "相比", "高于", "原有", "原装机", "原计划", "compared", "than", "up from",
    "instead of", "formerly", "previously", "originally",
];

/// What a works uses, not what a roof gives.
#[rustfmt::skip]
pub(super) const USED: &[&str] = &[
    "用电量", "耗电", "用电需求", "消耗", "消费", "用能", "自用", "年用电", "consum-", "demand", "uses", "used",
    "needs", "requires", "consumption", "耗能", "能耗", "用电",
];

/// A part of the energy that is named apart.
#[rustfmt::skip]
pub(super) const SHARE: &[&str] = &[
    "其中", "余电", "自用", "自发自用", "消纳", "of which", "surplus", "self-consum-", "exported", "exports",
    "fed into", "sold", "sells", "绿证",
];

/// That something is saved or avoided.
#[rustfmt::skip]
pub(super) const SAVED: &[&str] = &[
    "节", "减", "降", "避免", "抵消", "替代", "少用", "少排", "相当于", "折合", "节省", "省下", "抵扣", "sav-",
    "avoid-", "reduc-", "cut-", "offset-", "displac-", "replac-", "prevent-", "mitigat-", "abat-", "less",
    "equivalent-", "eliminat-", "spare-", "keep", "curb-", "fall-", "trim-", "slash-", "drop-", "decreas-",
    "declin-", "shrink-", "lower-",
];

/// That something is emitted or burnt.
#[rustfmt::skip]
pub(super) const SPENT: &[&str] = &[
    "排放量", "排放总量", "排碳", "消费", "消耗", "耗煤", "用煤", "耗标", "年耗", "年排放", "产量", "consum-",
    "emits", "emitted", "emitting", "emissions of", "burns", "burned", "uses", "footprint",
];

/// Land and buildings, not roofs.
#[rustfmt::skip]
pub(super) const LAND: &[&str] = &[
    "占地", "用地", "土地", "厂区面积", "园区面积", "总建筑", "建筑面积", "建筑总", "绿化", "水面", "鱼塘",
    "厂区占", "规划面积", "车间面积", "land", "site area", "site of", "floor area", "floor space", "floorspace",
    "grounds", "plot", "campus of", "building area", "built-up", "ground", "warehouse space", "荒山", "滩涂", "田",
];

/// Roofs.
#[rustfmt::skip]
pub(super) const ROOF: &[&str] = &[
    "屋顶", "屋面", "厂房顶", "楼顶", "棚顶", "房顶", "顶面", "roof", "roofs", "rooftop", "rooftops", "roofing",
];

/// Labels right before a figure, and what they ask for.
pub(super) const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Capacity,
        &[
            "装机容量",
            "装机规模",
            "装机",
            "总容量",
            "容量",
            "装置容量",
            "建设规模",
            "capacity",
            "installed",
            "nameplate",
            "rated power",
        ],
    ),
    (
        Label::Energy,
        &[
            "发电量",
            "年发电",
            "年均发电",
            "上网电量",
            "发电",
            "annual output",
            "annual generation",
            "annual production",
            "annual energy",
            "annual yield",
            "yearly generation",
            "yearly output",
            "generation",
            "generates",
            "produces",
        ],
    ),
    (Label::Area, &["屋顶面积", "面积", "roof area", "area"]),
    (
        Label::Mass,
        &[
            "减排量",
            "减排",
            "减碳量",
            "节煤量",
            "节煤",
            "标准煤",
            "标煤",
            "二氧化碳",
            "二氧化碳排放",
            "co2",
            "coal saving",
            "coal savings",
            "coal saved",
            "co2 avoided",
            "co2 saving",
            "co2 savings",
            "carbon dioxide",
            "carbon dioxide emissions",
            "co2 emissions",
            "co2 reduction",
        ],
    ),
];

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Capacity,
    Energy,
    Area,
    Mass,
}

impl Label {
    pub(super) fn wants(self) -> &'static str {
        match self {
            Self::Capacity => "a capacity, as in MW",
            Self::Energy => "an energy, as in kWh",
            Self::Area => "an area, as in m2",
            Self::Mass => "a mass, as in t",
        }
    }
}

/// What may stand between a label and its figure.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "为", "约", "达", "到", "是", "共", "可", "计", "将", "超", "过", "的", "总", "近", "逾", "合", "量", "预",
    "of", "is", "was", "are", "will", "be", "about", "to", "by", "reach", "reaches", "expected", "total", "totals",
    "at", "some", "up", "over", "stands", "around", "nearly", "the", "a", "year",
];

/// The label that a figure hangs on, given the text before it.
pub(super) fn label(before: &str) -> Option<Label> {
    let mut best: Option<(usize, usize, Label)> = None;
    for &(label, words) in LABELS {
        if let Some((start, end)) = last_of(before, words)
            && best.is_none_or(|(_, best_end, _)| end > best_end)
        {
            best = Some((start, end, label));
        }
    }
    let (_, end, label) = best?;
    let mut gap = before.get(end..)?;
    loop {
        gap = gap.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '(' | ')'));
        let word = FILLERS.iter().filter(|word| gap.starts_with(**word)).max_by_key(|word| word.len());
        match word {
            Some(word) => gap = gap.get(word.len()..)?,
            None => break,
        }
    }
    gap.is_empty().then_some(label)
}
