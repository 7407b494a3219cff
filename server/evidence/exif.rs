//! EXIF, read with distrust: phones strip it, editors break it, clocks are wrong.

use chrono::{NaiveDate, NaiveDateTime};
use exif::{Exif, Field, In, Rational, Reader, Tag, Value};

use super::facts::Tags;
use crate::kit::blob::Source;
use crate::kit::clock::{DAY_MS, HOUR_MS, MINUTE_MS, Moment, SECOND_MS};

/// Longer names than any maker's are somebody's joke.
const LONGEST_NAME: usize = 100;
/// Programs that change pictures. The same tag names a camera's firmware, which changes none.
const EDITORS: [&str; 28] = [
    "photoshop",
    "lightroom",
    "gimp",
    "snapseed",
    "picsart",
    "meitu",
    "美图",
    "美颜",
    "beautycam",
    "xingtu",
    "醒图",
    "天天p图",
    "pitu",
    "b612",
    "vsco",
    "pixelmator",
    "affinity",
    "canva",
    "facetune",
    "photoscape",
    "paint.net",
    "acdsee",
    "picasa",
    "imagemagick",
    "faceapp",
    "capcut",
    "jianying",
    "剪映",
];
/// A camera's clock may differ from the satellites' by this much and still tell its time zone.
const LOOSE_CLOCK_MS: i64 = 5 * MINUTE_MS;
/// China keeps one civil time; a camera that names no zone, here, means that one.
const CHINA_OFFSET_MS: i64 = 8 * HOUR_MS;

pub(super) fn read(mut source: &mut dyn Source) -> Tags {
    let read = Reader::new().continue_on_error(true).read_from_container(&mut source);
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| ())) else { return Tags::default() };
    Tags {
        taken_at: taken_at(&exif),
        place: place(&exif),
        camera: camera(&exif),
        editor: name(&exif, Tag::Software).filter(|software| is_editor(software)),
        orientation: exif.get_field(Tag::Orientation, In::PRIMARY).and_then(orientation),
    }
}

fn orientation(field: &Field) -> Option<u8> {
    field.value.get_uint(0).and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value))
}

fn is_editor(software: &str) -> bool {
    let software = software.to_lowercase();
    EDITORS.iter().any(|editor| software.contains(editor))
}

fn camera(exif: &Exif) -> Option<String> {
    match (name(exif, Tag::Make), name(exif, Tag::Model)) {
        (Some(make), Some(model)) if !model.to_lowercase().starts_with(&make.to_lowercase()) => Some(format!("{make} {model}")),
        (make, model) => model.or(make),
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

fn name(exif: &Exif, tag: Tag) -> Option<String> {
    let name: String = String::from_utf8_lossy(text(exif, tag)?).chars().filter(|c| !c.is_control() && *c != '\u{FFFD}').take(LONGEST_NAME).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The shutter's time: with its own offset where it names one, else with the offset that the satellites' time gives away, else China's.
fn taken_at(exif: &Exif) -> Option<Moment> {
    let satellites_ms = satellite_time_ms(exif);
    let pairs = [(Tag::DateTimeOriginal, Tag::OffsetTimeOriginal), (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized)];
    let shutter = pairs.into_iter().find_map(|(time, offset)| Some((local_ms(text(exif, time)?)?, text(exif, offset).and_then(offset_ms))));
    let Some((local_ms, offset)) = shutter else { return satellites_ms.map(Moment::from_ms) };
    let offset = offset.or_else(|| satellites_ms.and_then(|utc_ms| offset_between(local_ms, utc_ms))).unwrap_or(CHINA_OFFSET_MS);
    Some(Moment::from_ms(local_ms - offset))
}

/// `YYYY:MM:DD HH:MM:SS` as if it were UTC.
fn local_ms(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text.get(..19)?).ok()?;
    let time = NaiveDateTime::parse_from_str(text, "%Y:%m:%d %H:%M:%S").ok()?.and_utc().timestamp_millis();
    (time > 0).then_some(time)
}

/// `+HH:MM`.
fn offset_ms(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?.trim_matches(['\0', ' ']);
    if text == "Z" {
        return Some(0);
    }
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let ahead = i64::from(hours) * HOUR_MS + i64::from(minutes) * MINUTE_MS;
    (hours <= 14 && minutes < 60).then_some(if text.starts_with('-') { -ahead } else { ahead })
}

/// Zones stand at whole quarters of an hour; what is left over is how wrong the camera's clock is. Only the time of day is compared:
/// there are cameras whose satellite date is a day off.
fn offset_between(local_ms: i64, utc_ms: i64) -> Option<i64> {
    let quarter = 15 * MINUTE_MS;
    let ahead = (local_ms - utc_ms + DAY_MS / 2).rem_euclid(DAY_MS) - DAY_MS / 2;
    let offset = (ahead + quarter / 2).div_euclid(quarter) * quarter;
    ((ahead - offset).abs() <= LOOSE_CLOCK_MS).then_some(offset)
}

fn satellite_time_ms(exif: &Exif) -> Option<i64> {
    let date = std::str::from_utf8(text(exif, Tag::GPSDateStamp)?).ok()?;
    let midnight = NaiveDate::parse_from_str(date.trim_matches(['\0', ' ']), "%Y:%m:%d").ok()?.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis();
    let [hours, minutes, seconds] = three(exif, Tag::GPSTimeStamp)?;
    if !(hours < 24.0 && minutes < 60.0 && seconds < 61.0) || midnight <= 0 {
        return None;
    }
    let seconds = chrono::TimeDelta::from_std(std::time::Duration::from_secs_f64(hours * 3_600.0 + minutes * 60.0 + seconds)).ok()?;
    Some(midnight + seconds.num_seconds() * SECOND_MS)
}

fn place(exif: &Exif) -> Option<(f64, f64)> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'N', b'S')?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'E', b'W')?;
    // A phone without a fix writes zeros; nobody in this country stands in the Gulf of Guinea.
    let is_blank = latitude == 0.0 && longitude == 0.0;
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && !is_blank).then_some((latitude, longitude))
}

fn degrees(exif: &Exif, tag: Tag, reference: Tag, positive: u8, negative: u8) -> Option<f64> {
    let [degrees, minutes, seconds] = three(exif, tag)?;
    if minutes > 60.0 || seconds > 60.0 {
        return None;
    }
    let value = degrees + minutes / 60.0 + seconds / 3_600.0;
    match text(exif, reference)?.first()?.to_ascii_uppercase() {
        letter if letter == positive => Some(value),
        letter if letter == negative => Some(-value),
        _ => None,
    }
}

fn three(exif: &Exif, tag: Tag) -> Option<[f64; 3]> {
    let Value::Rational(values) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let [a, b, c] = values.as_slice() else { return None };
    let number = |value: &Rational| (value.denom != 0).then(|| f64::from(value.num) / f64::from(value.denom));
    Some([number(a)?, number(b)?, number(c)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_read_in_both_directions_and_nonsense_is_none() {
        assert_eq!(offset_ms(b"+08:00"), Some(CHINA_OFFSET_MS));
        assert_eq!(offset_ms(b"-03:30"), Some(-3 * HOUR_MS - 30 * MINUTE_MS));
        assert_eq!(offset_ms(b"Z"), Some(0));
        for nonsense in [&b""[..], b"08:00", b"+99:00", b"+08", b"+8h:00", b"   :  ", b"+08:60"] {
            assert_eq!(offset_ms(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn the_satellites_give_the_zone_away_unless_the_clock_is_far_off() {
        let utc = Moment::parse("2026-02-10T01:00:00Z").unwrap().ms();
        assert_eq!(offset_between(utc + CHINA_OFFSET_MS + 90 * SECOND_MS, utc), Some(CHINA_OFFSET_MS));
        assert_eq!(offset_between(utc + CHINA_OFFSET_MS - 90 * SECOND_MS, utc), Some(CHINA_OFFSET_MS));
        assert_eq!(offset_between(utc + CHINA_OFFSET_MS - 24 * HOUR_MS, utc), Some(CHINA_OFFSET_MS));
        assert_eq!(offset_between(utc + 457 * SECOND_MS, utc), None);
    }

    #[test]
    fn a_blank_or_impossible_time_is_none() {
        for text in [&b"    :  :     :  :  "[..], b"0000:00:00 00:00:00", b"2026:13:01 00:00:00", b"2026:02:30 00:00:00", b"2026:02:01", b""] {
            assert_eq!(local_ms(text), None, "{text:?}");
        }
        assert_eq!(local_ms(b"2026:02:10 09:00:00\0"), Some(Moment::parse("2026-02-10T09:00:00Z").unwrap().ms()));
    }

    #[test]
    fn firmware_is_no_editor() {
        assert!(is_editor("Adobe Photoshop 26.1 (Windows)") && is_editor("美图秀秀 11.2"));
        assert!(!is_editor("HDR+ 1.0.345618096zd") && !is_editor("COOLPIX P6000V1.0") && !is_editor("MIUI Camera"));
    }
}
