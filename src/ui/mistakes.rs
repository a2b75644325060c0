//! The mistakes of a profile's file in words. What stands in the file, its keys and its signs, is the
//! same in every language.

use super::words::Words;
use crate::voucher::check_digit::CheckError;
use crate::voucher::grammar::GrammarMistake;
use crate::voucher::profile_file::{BadFileName, Choice, Mistake, Problem, Shape, Want};

/// So many words are named where something is to be chosen.
const MOST: usize = 12;

impl Words {
    pub fn problem(&self, problem: &Problem) -> String {
        let told = self.mistake(&problem.mistake);
        if problem.line == 0 { told } else { self.profile_line(problem.line, told) }
    }

    /// What is wrong and what to write instead.
    pub fn mistake(&self, mistake: &Mistake) -> String {
        match mistake {
            Mistake::TooLarge(bytes) => self.profile_too_large(bytes),
            Mistake::NotToml(why) => self.profile_not_toml(why),
            Mistake::Incomplete => self.profile_incomplete(),
            Mistake::Format(found) => self.profile_format(found),
            Mistake::NoCampaign => self.profile_no_campaign(),
            Mistake::NoKind => self.profile_no_kind(),
            Mistake::NoLayout => self.profile_no_layout(),
            Mistake::NoProvisional => self.profile_no_provisional(),
            Mistake::Missing { section, key, like } => {
                self.profile_missing(self.section(section), key, like)
            }
            Mistake::NoBox { section, key } => self.profile_no_box(section, *key),
            Mistake::Unknown { section, key, choice } => {
                self.profile_unknown(self.section(section), key, self.choice(choice))
            }
            Mistake::Looser { key, choice } => self.profile_looser(key, self.choice(choice)),
            Mistake::Rule { found, choice } => self.profile_looser(found, self.choice(choice)),
            Mistake::NoTable { name, got } => {
                self.profile_no_table(self.section(name), self.shape(*got))
            }
            Mistake::NoTables(key) => self.profile_no_tables(key),
            Mistake::TooMany { key, count, most } => self.profile_too_many(key, count, most),
            Mistake::Shape { key, want, got, like } => {
                self.profile_shape(key, self.want(*want), self.shape(*got), like)
            }
            Mistake::Unfit { key, want, like } => self.profile_unfit(key, self.want(*want), like),
            Mistake::Bounds { key, found, least, most } => {
                self.profile_bounds(key, found, least, most)
            }
            Mistake::Word { key, found, choice } => {
                self.profile_word(key, found, self.choice(choice))
            }
            Mistake::Id { key, found } => self.profile_id(key, found),
            Mistake::Name => self.profile_name(),
            Mistake::Twice(id) => self.profile_twice(id),
            Mistake::Periods => self.profile_periods(),
            Mistake::Period { from, until } => {
                self.profile_period(from.to_string(), until.to_string())
            }
            Mistake::SampleOfWhat => self.profile_sample_of_what(),
            Mistake::SampleOfNone => self.profile_sample_of_none(),
            Mistake::Prefix(found) => self.profile_prefix(found),
            Mistake::FeeWays => self.profile_fee_ways(),
            Mistake::FeePer => self.profile_fee_per(),
            Mistake::Percent(found) => self.profile_percent(found),
            Mistake::FileName { found, why, like } => {
                self.profile_file_name(found, self.bad_file_name(*why), *like)
            }
            Mistake::SameFile(key) => self.profile_same_file(*key),
            Mistake::KindTextNowhere
            | Mistake::KindUnknown { .. }
            | Mistake::KindWays
            | Mistake::KindByNothing
            | Mistake::BoxOutside(_)
            | Mistake::KindStart(_)
            | Mistake::StartStop
            | Mistake::NoSymbology
            | Mistake::ContentWays
            | Mistake::SecondDiffers
            | Mistake::Number(_)
            | Mistake::PartWays
            | Mistake::LayoutsAlike { .. }
            | Mistake::ProvisionalAlike { .. }
            | Mistake::ContentLength { .. }
            | Mistake::ContentStart(_)
            | Mistake::ContentLetters
            | Mistake::SymbologyLength { .. } => self.mistake_on_paper(mistake),
        }
    }

    /// About layouts, numbers and barcodes.
    fn mistake_on_paper(&self, mistake: &Mistake) -> String {
        match mistake {
            Mistake::KindTextNowhere => self.profile_kind_text_nowhere(),
            Mistake::KindUnknown { id, choice } => {
                self.profile_kind_unknown(id, self.choice(choice))
            }
            Mistake::KindWays => self.profile_kind_ways(),
            Mistake::KindByNothing => self.profile_kind_by_nothing(),
            Mistake::BoxOutside(key) => self.profile_box_outside(key),
            Mistake::KindStart(found) => self.profile_kind_start(found),
            Mistake::StartStop => self.profile_start_stop(),
            Mistake::NoSymbology => self.profile_no_symbology(),
            Mistake::ContentWays => self.profile_content_ways(),
            Mistake::SecondDiffers => self.profile_second_differs(),
            Mistake::Number(mistake) => self.number_mistake(mistake),
            Mistake::PartWays => self.profile_part_ways(),
            Mistake::LayoutsAlike { one, two } => self.profile_layouts_alike(one, two),
            Mistake::ProvisionalAlike { prefix, layout } => {
                self.profile_provisional_alike(prefix, layout)
            }
            Mistake::ContentLength { content, made, number, right } => {
                self.profile_content_length(content, made, number, right)
            }
            Mistake::ContentStart(found) => self.profile_content_start(found),
            Mistake::ContentLetters => self.profile_content_letters(),
            Mistake::SymbologyLength { symbology, length } => {
                self.profile_symbology_length(symbology.word(), length)
            }
            // All others are about the campaign.
            _ => self.profile_incomplete(),
        }
    }

    /// Why a number can't be written down.
    pub fn number_mistake(&self, mistake: &GrammarMistake) -> String {
        match mistake {
            GrammarMistake::Empty => self.number_empty(),
            GrammarMistake::TooLong(count) => self.number_too_long(count),
            GrammarMistake::EmptyPart => self.number_empty_part(),
            GrammarMistake::Literal(found) => self.number_literal(found.to_string()),
            GrammarMistake::Letters(found) => self.number_letters(found.to_string()),
            GrammarMistake::TooManyDigits(count) => self.number_too_many_digits(count),
            GrammarMistake::NameTwice(name) => self.number_name_twice(name),
            GrammarMistake::NoName => self.number_no_name(),
            GrammarMistake::SeveralChecks => self.number_several_checks(),
            GrammarMistake::CoversNothing => self.number_covers_nothing(),
            GrammarMistake::CoversUnknown(name) => self.number_covers_unknown(name),
            GrammarMistake::CoversTwice(name) => self.number_covers_twice(name),
            GrammarMistake::CoversWrongCharacters(name) => self.number_covers_wrong(name),
            GrammarMistake::Scheme(CheckError::StartStop) => self.number_start_stop(),
            GrammarMistake::Scheme(_) => self.number_weights(),
            GrammarMistake::Groups { want, got } => self.number_groups(got, want),
            GrammarMistake::EmptyGroup => self.number_empty_group(),
            GrammarMistake::Separator(found) => self.number_separator(found),
        }
    }

    fn section(&self, name: &str) -> String {
        if name.is_empty() { self.profile_whole() } else { name.to_owned() }
    }

    fn choice(&self, choice: &Choice) -> String {
        match choice {
            Choice::Near(near) => self.profile_near(near),
            Choice::Among(known) if known.is_empty() => self.profile_among_none(),
            Choice::Among(known) => {
                let words = known.iter().take(MOST).cloned().collect::<Vec<_>>();
                self.profile_among(words.join(&self.list_comma()))
            }
        }
    }

    fn want(&self, want: Want) -> String {
        match want {
            Want::Text | Want::SomeText => self.want_text(),
            Want::QuotedText => self.want_quoted_text(),
            Want::Whole => self.want_whole(),
            Want::List => self.want_list(),
            Want::Truth => self.want_truth(),
            Want::True => self.want_true(),
            Want::Date => self.want_date(),
            Want::Letters => self.want_letters(),
            Want::TextOrTable => self.want_text_or_table(),
            Want::PartNames => self.want_part_names(),
            Want::Lengths => self.want_lengths(),
            Want::Weights => self.want_weights(),
            Want::Size => self.want_size(),
        }
    }

    fn shape(&self, shape: Shape) -> String {
        match shape {
            Shape::Text => self.want_text(),
            Shape::Whole => self.want_whole(),
            Shape::Point => self.shape_point(),
            Shape::Truth => self.want_truth(),
            Shape::Date => self.want_date(),
            Shape::List => self.want_list(),
            Shape::Table => self.shape_table(),
        }
    }

    fn bad_file_name(&self, why: BadFileName) -> String {
        match why {
            BadFileName::Length => self.file_name_length(),
            BadFileName::Braces => self.file_name_braces(),
            BadFileName::Character => self.file_name_character(),
            BadFileName::Ends => self.file_name_ends(),
            BadFileName::Device => self.file_name_device(),
        }
    }
}

#[cfg(test)]
#[path = "mistakes_tests.rs"]
mod tests;
