//! Invented names of people.

use super::dice::Dice;

const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const MALE: &str = "伟强军勇建国志明德海波涛刚平辉斌鹏飞华龙云松林江生福贵全胜祥顺庆富康宁山川石岩峰";
const FEMALE: &str = "芳秀英丽娟敏静霞燕玲桂兰梅珍凤琴红玉素芬莲菊香翠月娥淑慧蓉萍雪洁云春花巧荣";

fn one(of: &str, dice: &mut Dice) -> char {
    of.chars().nth(dice.below(of.chars().count())).unwrap_or('安')
}

/// A surname.
pub(super) fn surname(dice: &mut Dice) -> char {
    one(SURNAMES, dice)
}

/// A whole name of this surname.
pub(super) fn of_surname(surname: char, is_male: bool, dice: &mut Dice) -> String {
    let given = if is_male { MALE } else { FEMALE };
    let mut name = String::from(surname);
    name.push(one(given, dice));
    if dice.chance(0.78) {
        name.push(one(given, dice));
    }
    name
}

/// Anybody.
pub(super) fn anybody(dice: &mut Dice) -> String {
    let is_male = dice.chance(0.5);
    of_surname(surname(dice), is_male, dice)
}
