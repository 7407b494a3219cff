//! Which needs of a correction say which of the visit it corrects again: pure.

use crate::needs::model::Said;

/// For each need of the earlier visit, the place of the later one's that says it again. First those that say the same, then those in the
/// same words, then those of the same kind, each in the order they were said in; what is left was taken out, or is new.
pub(super) fn pairs(earlier: &[Said], later: &[Said]) -> Vec<Option<usize>> {
    let mut paired: Vec<Option<usize>> = vec![None; earlier.len()];
    let mut free: Vec<usize> = (0..later.len()).collect();
    let alike: [fn(&Said, &Said) -> bool; 3] = [Said::says_the_same, Said::has_the_words, Said::is_of_the_kind];
    for alike in alike {
        for (before, pair) in earlier.iter().zip(&mut paired).filter(|(_, pair)| pair.is_none()) {
            let found = free.iter().position(|place| later.get(*place).is_some_and(|after| alike(before, after)));
            *pair = found.map(|at| free.remove(at));
        }
    }
    paired
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::model::NeedId;
    use crate::visits::VisitId;

    fn said(needs: &[(&str, &str)]) -> Vec<Said> {
        let need = |(line, (kind, words)): (i64, &(&str, &str))| Said {
            id: NeedId { visit: VisitId::nil(), line },
            kind: (*kind).to_owned(),
            words: (*words).to_owned(),
        };
        (0..).zip(needs).map(need).collect()
    }

    #[test]
    fn what_says_the_same_is_paired_first_then_the_same_words_then_the_same_kind() {
        let before = said(&[("medical", "药"), ("work", "找工作"), ("other", "煤"), ("legal", "欠薪")]);
        let after = said(&[("work", "找份近的工作"), ("goods", "煤"), ("medical", " 药 "), ("housing", "漏雨")]);
        assert_eq!(pairs(&before, &after), [Some(2), Some(0), Some(1), None]);
    }

    #[test]
    fn equal_ones_are_paired_in_their_order_and_each_once() {
        let (two, three) = (said(&[("work", "找工作"); 2]), said(&[("work", "找工作"); 3]));
        assert_eq!(pairs(&two, &three), [Some(0), Some(1)]);
        assert_eq!(pairs(&three, &two), [Some(0), Some(1), None]);
    }
}
