//! Office hours as schema.org writes them: `周一至周五 8:30—11:30，13:00—16:30` is `Mo-Fr
//! 08:30-11:30` and `Mo-Fr 13:00-16:30`.
//!
//! Office hours are a line for people, and say more than that: who else can be found when. Only
//! the first part is read, up to the first `；`, and only if all of it is days and hours. Hours
//! that were told wrongly would send somebody to a closed door.

use crate::{schema::DayTime, text::narrow};

/// The days of the week in Chinese, and in the vocabulary. People say 周日 and 周天.
const DAYS: [(char, &str); 8] = [
    ('一', "Mo"),
    ('二', "Tu"),
    ('三', "We"),
    ('四', "Th"),
    ('五', "Fr"),
    ('六', "Sa"),
    ('日', "Su"),
    ('天', "Su"),
];

/// What stands between the first and the last of days or hours.
const BETWEEN: [char; 8] = ['至', '到', '—', '–', '-', '~', '～', '─'];

/// The hours in the first part of a line; none if there is anything else in it.
pub(super) fn hours(line: &str) -> Vec<String> {
    let first = line.split(['；', ';', '。']).next().unwrap_or_default();
    let start = first.find(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it));
    let Some((said, times)) = start.map(|at| first.split_at(at)) else { return Vec::new() };
    let times: Option<Vec<String>> = times.split(['，', ',', '、']).map(range).collect();
    match (days(said), times) {
        (Some(days), Some(times)) => times.iter().map(|it| format!("{days} {it}")).collect(),
        _ => Vec::new(),
    }
}

/// `周一至周五`, `周二、周四`, `每天`, `工作日` as `Mo-Fr`, `Tu,Th`, `Mo-Su`, `Mo-Fr`.
fn days(said: &str) -> Option<String> {
    let said = said.trim().trim_end_matches(['：', ':']);
    match said {
        "每天" | "每日" => return Some("Mo-Su".to_owned()),
        "工作日" => return Some("Mo-Fr".to_owned()),
        _ => {}
    }
    if let Some((first, last)) = said.split_once(BETWEEN) {
        let last = last.trim_start_matches(BETWEEN);
        return Some(format!("{}-{}", day(first)?, day(last)?));
    }
    let days: Option<Vec<&str>> = said.split(['、', '，', ',', '和']).map(day).collect();
    Some(days?.join(","))
}

/// `周一`, `每周日`, `星期天`.
fn day(said: &str) -> Option<&'static str> {
    let said = said.trim().trim_start_matches('每');
    let word = said.strip_prefix('周').or_else(|| said.strip_prefix("星期"))?;
    DAYS.iter().find(|(name, _)| word.chars().eq([*name])).map(|(_, day)| *day)
}

/// `8:30—16:30` as `08:30-16:30`.
fn range(said: &str) -> Option<String> {
    let said = narrow(said);
    let (from, to) = said.split_once(BETWEEN)?;
    let (from, to) = (DayTime::parse(from)?, DayTime::parse(to.trim_start_matches(BETWEEN))?);
    let is_day = from < to && to.seconds() < 24 * 60 * 60;
    is_day.then(|| format!("{}-{}", from.written("zh"), to.written("zh")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_offices_write() {
        for (line, expected) in [
            ("周一至周五 8:30—16:30", "Mo-Fr 08:30-16:30"),
            (
                "周一至周五 8:30—11:30，13:00—16:30；便民大厅周六上午有人值班",
                "Mo-Fr 08:30-11:30; Mo-Fr 13:00-16:30",
            ),
            ("周二、周四 18:00-20:00", "Tu,Th 18:00-20:00"),
            ("每天８：００～２０：００", "Mo-Su 08:00-20:00"),
            ("每周日：9:00——10:30", "Su 09:00-10:30"),
            ("星期一到星期六 上午9点—下午5点", ""),
            ("工作日 9点—17点", "Mo-Fr 09:00-17:00"),
            ("业委会接待：周二、周四 18:00—20:00，周六 9:00—11:00", ""),
            ("周一至周五 8:30—16:30，午间不休息", ""),
            ("周一至周五 8:30—5:00", ""),
            ("周八 8:30—16:30", ""),
            ("有事随时来", ""),
            ("", ""),
        ] {
            assert_eq!(hours(line).join("; "), expected, "{line}");
        }
    }
}
