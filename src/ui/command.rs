//! Every command in one table: its key, its word, its help. The key line, `?` and the dispatch of
//! keys all read it, so they can't differ.

use super::words::Words;
use egui::Key;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    GoOpen,
    GoRead,
    GoCheck,
    GoEntry,
    GoEdit,
    GoDeliver,
    GoDispose,
    GoSupervisor,
    ChangePerson,
    GoSettings,
    Help,
    Back,
    /// All right; the next step of the stage.
    Confirm,
    /// The paper of a stop lies in its tray.
    GoOn,
    Capture,
    CannotRead,
    Undo,
    Hold,
    Zoom,
    WholeSheet,
    Folder,
    /// Marks the cell of a contact sheet by its two-digit label.
    Mark,
    ClearMarks,
    /// 判別不能
    CannotTell,
    Erase,
    NextKind,
    Find,
    Older,
    Newer,
    Correct,
    Close,
    Reopen,
    Deliver,
    Preview,
    Abandon,
    Mend,
    NewEnvelope,
    Resume,
    OpenEnvelope,
    NextField,
    ClearForm,
    /// In training, types the slip on the table into the form.
    FillSlip,
    ChooseLine,
    ChangeLine,
    TypeLine,
    TrySound,
    /// The keyboard scanner is learned from one scan.
    Learn,
    Forget,
    Keep,
    /// Goes into what the cursor stands on.
    Show,
    /// A supervisor's decisions: the same paper, a number, rejected, returned, held, keyed anew,
    /// counted without a number.
    DecideSame,
    DecideAccept,
    DecideReject,
    DecideReturn,
    DecideHold,
    DecideRekey,
    DecideProvisional,
    /// The same picture came twice: of one paper, or of two.
    DecideOnePaper,
    DecideTwoPapers,
    /// Many that wait for the same reason are decided as one.
    DecideAlike,
    /// One of many is left out of that, or taken in again.
    LeaveOut,
    /// One of a numbered list.
    Choose,
    OtherFolder,
    /// How a sheet's picture was read, step by step.
    HowRead,
    NextStep,
    /// A new scheme is taught from sample vouchers.
    Teach,
    /// The next page of teaching.
    TeachOn,
    /// The taught profile is saved.
    TeachKeep,
    /// Who sits here, by number.
    ChoosePerson,
    /// The PIN is typed.
    GoIn,
    /// The guide of a tour that is over goes.
    LeaveTour,
    /// The window takes the whole screen, or gives it back.
    FullScreen,
    /// The papers to pull out of a pile that the scanner has fed.
    PullList,
    TickPaper,
    /// Writes the list as a text to print.
    KeepList,
    /// What became of the paper of a file that was set aside.
    SettleAside,
}

/// What is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    Key(Key),
    /// A character, on the main keys or the ten-key pad, half or full width.
    Char(char),
    /// Any digit: stands on the key line, and comes to the screen's `pressed` with its value.
    Digit,
}

#[derive(Debug)]
pub struct Info {
    pub command: Command,
    pub stroke: Stroke,
    /// How the key is written on the key line.
    pub key: &'static str,
    pub word: fn(&Words) -> String,
    pub help: fn(&Words) -> String,
}

macro_rules! commands {
    ($($command:ident $stroke:expr, $key:literal, $word:ident, $help:ident;)*) => {
        pub const COMMANDS: &[Info] = &[$(Info {
            command: Command::$command,
            stroke: $stroke,
            key: $key,
            word: |words| words.$word(),
            help: |words| words.$help(),
        }),*];
    };
}

commands! {
    GoOpen Stroke::Key(Key::F1), "F1", stage_open, help_stage_open;
    GoRead Stroke::Key(Key::F2), "F2", stage_read, help_stage_read;
    GoCheck Stroke::Key(Key::F3), "F3", stage_check, help_stage_check;
    GoEntry Stroke::Key(Key::F4), "F4", stage_entry, help_stage_entry;
    GoEdit Stroke::Key(Key::F5), "F5", stage_edit, help_stage_edit;
    GoDeliver Stroke::Key(Key::F6), "F6", stage_deliver, help_stage_deliver;
    GoDispose Stroke::Key(Key::F7), "F7", stage_dispose, help_stage_dispose;
    GoSupervisor Stroke::Key(Key::F8), "F8", stage_supervisor, help_stage_supervisor;
    ChangePerson Stroke::Key(Key::F9), "F9", cmd_change_person, help_change_person;
    GoSettings Stroke::Key(Key::F10), "F10", cmd_settings, help_settings;
    Help Stroke::Char('?'), "?", cmd_help, help_help;
    Back Stroke::Key(Key::Escape), "Esc", cmd_back, help_back;
    Confirm Stroke::Key(Key::Enter), "Enter", cmd_confirm, help_confirm;
    GoOn Stroke::Key(Key::Enter), "Enter", cmd_go_on, help_go_on;
    Capture Stroke::Key(Key::Enter), "Enter", cmd_capture, help_capture;
    CannotRead Stroke::Char('0'), "0", cmd_cannot_read, help_cannot_read;
    Undo Stroke::Char('-'), "-", cmd_undo, help_undo;
    Hold Stroke::Char('*'), "*", cmd_hold, help_hold;
    Zoom Stroke::Char('+'), "+", cmd_zoom, help_zoom;
    WholeSheet Stroke::Char('+'), "+", cmd_whole_sheet, help_whole_sheet;
    Folder Stroke::Char('.'), ".", cmd_folder, help_folder;
    Mark Stroke::Digit, "0–9", cmd_mark, help_mark;
    ClearMarks Stroke::Char('-'), "-", cmd_clear_marks, help_clear_marks;
    CannotTell Stroke::Char('.'), ".", cmd_cannot_tell, help_cannot_tell;
    Erase Stroke::Char('-'), "-", cmd_erase, help_erase;
    NextKind Stroke::Key(Key::Tab), "Tab", cmd_next_kind, help_next_kind;
    Find Stroke::Char('+'), "+", cmd_find, help_find;
    Older Stroke::Key(Key::PageDown), "PgDn", cmd_older, help_older;
    Newer Stroke::Key(Key::PageUp), "PgUp", cmd_newer, help_newer;
    Correct Stroke::Char('*'), "*", cmd_correct, help_correct;
    Close Stroke::Char('.'), ".", cmd_close, help_close_envelope;
    Reopen Stroke::Char('-'), "-", cmd_reopen, help_reopen;
    Deliver Stroke::Key(Key::Enter), "Enter", cmd_deliver, help_deliver;
    Preview Stroke::Char('+'), "+", cmd_preview, help_preview;
    Abandon Stroke::Char('-'), "-", cmd_abandon, help_abandon;
    Mend Stroke::Char('.'), ".", cmd_mend, help_mend;
    NewEnvelope Stroke::Char('+'), "+", cmd_new_envelope, help_new_envelope;
    Resume Stroke::Key(Key::Enter), "Enter", cmd_resume, help_resume;
    OpenEnvelope Stroke::Key(Key::Enter), "Enter", cmd_open_envelope, help_open_envelope;
    NextField Stroke::Key(Key::Enter), "Enter", cmd_next_field, help_next_field;
    ClearForm Stroke::Key(Key::Escape), "Esc", cmd_clear_form, help_clear_form;
    FillSlip Stroke::Key(Key::F11), "F11", cmd_fill_slip, help_fill_slip;
    ChooseLine Stroke::Key(Key::ArrowDown), "↑ ↓", cmd_choose_line, help_choose_line;
    ChangeLine Stroke::Key(Key::ArrowRight), "← →", cmd_change_line, help_change_line;
    TypeLine Stroke::Key(Key::Enter), "Enter", cmd_type_line, help_type_line;
    TrySound Stroke::Key(Key::Enter), "Enter", cmd_try_sound, help_try_sound;
    Learn Stroke::Key(Key::Enter), "Enter", cmd_learn, help_learn;
    Forget Stroke::Char('-'), "-", cmd_forget, help_forget;
    Keep Stroke::Key(Key::Enter), "Enter", cmd_keep, help_keep;
    Show Stroke::Key(Key::Enter), "Enter", cmd_show, help_show;
    DecideSame Stroke::Char('1'), "1", cmd_decide_same, help_decide_same;
    DecideAccept Stroke::Char('2'), "2", cmd_decide_accept, help_decide_accept;
    DecideReject Stroke::Char('3'), "3", cmd_decide_reject, help_decide_reject;
    DecideReturn Stroke::Char('4'), "4", cmd_decide_return, help_decide_return;
    DecideHold Stroke::Char('5'), "5", cmd_decide_hold, help_decide_hold;
    DecideRekey Stroke::Char('6'), "6", cmd_decide_rekey, help_decide_rekey;
    DecideProvisional Stroke::Char('7'), "7", cmd_decide_provisional, help_decide_provisional;
    DecideOnePaper Stroke::Char('1'), "1", cmd_decide_one_paper, help_decide_one_paper;
    DecideTwoPapers Stroke::Char('2'), "2", cmd_decide_two_papers, help_decide_two_papers;
    DecideAlike Stroke::Char('8'), "8", cmd_decide_alike, help_decide_alike;
    LeaveOut Stroke::Char('-'), "-", cmd_leave_out, help_leave_out;
    Choose Stroke::Digit, "1–9", cmd_choose, help_choose;
    OtherFolder Stroke::Char('0'), "0", cmd_other_folder, help_other_folder;
    HowRead Stroke::Char('.'), ".", cmd_how_read, help_how_read;
    NextStep Stroke::Key(Key::ArrowDown), "↑ ↓", cmd_next_step, help_next_step;
    Teach Stroke::Key(Key::F12), "F12", cmd_teach, help_teach;
    TeachOn Stroke::Key(Key::F12), "F12", cmd_teach_on, help_teach_on;
    TeachKeep Stroke::Key(Key::F12), "F12", cmd_teach_keep, help_teach_keep;
    ChoosePerson Stroke::Digit, "1–9", cmd_choose_person, help_choose_person;
    GoIn Stroke::Key(Key::Enter), "Enter", cmd_go_in, help_go_in;
    LeaveTour Stroke::Key(Key::Escape), "Esc", cmd_leave_tour, help_leave_tour;
    FullScreen Stroke::Key(Key::F11), "F11", cmd_full_screen, help_full_screen;
    PullList Stroke::Char('1'), "1", cmd_pull_list, help_pull_list;
    TickPaper Stroke::Key(Key::Enter), "Enter", cmd_tick_paper, help_tick_paper;
    KeepList Stroke::Char('+'), "+", cmd_keep_list, help_keep_list;
    SettleAside Stroke::Char('*'), "*", cmd_settle_aside, help_settle_aside;
}

/// Offered on every screen, after the screen's own.
pub const EVERYWHERE: [Command; 13] = [
    Command::GoOpen,
    Command::GoRead,
    Command::GoCheck,
    Command::GoEntry,
    Command::GoEdit,
    Command::GoDeliver,
    Command::GoDispose,
    Command::GoSupervisor,
    Command::ChangePerson,
    Command::GoSettings,
    Command::FullScreen,
    Command::Help,
    Command::Back,
];

impl Command {
    pub fn info(self) -> &'static Info {
        // Every variant stands in the table, see the test; the first row is never reached wrongly.
        COMMANDS.iter().find(|info| info.command == self).unwrap_or(&COMMANDS[0])
    }
}

/// A key as it came, before anyone knows what it means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Key(Key),
    Char(char),
}

impl Stroke {
    pub fn is(self, pressed: Pressed) -> bool {
        match (self, pressed) {
            (Stroke::Key(wanted), Pressed::Key(key)) => wanted == key,
            (Stroke::Char(wanted), Pressed::Char(char)) => wanted == char,
            _ => false,
        }
    }
}

/// The command that a key gives, of those that are offered now.
pub fn find(offered: &[Command], pressed: Pressed) -> Option<Command> {
    offered.iter().chain(&EVERYWHERE).copied().find(|command| command.info().stroke.is(pressed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_stands_once_in_the_table() {
        for (i, info) in COMMANDS.iter().enumerate() {
            let first = COMMANDS.iter().position(|it| it.command == info.command);
            assert_eq!(first, Some(i), "{:?} stands twice", info.command);
        }
        for command in EVERYWHERE {
            assert_eq!(command.info().command, command);
        }
    }

    #[test]
    fn what_a_screen_offers_comes_before_what_is_everywhere() {
        let offered = [Command::GoOn, Command::Undo];
        assert_eq!(find(&offered, Pressed::Key(Key::Enter)), Some(Command::GoOn));
        assert_eq!(find(&offered, Pressed::Char('-')), Some(Command::Undo));
        assert_eq!(find(&offered, Pressed::Char('*')), None);
        assert_eq!(find(&offered, Pressed::Key(Key::F4)), Some(Command::GoEntry));
    }

    #[test]
    fn a_digit_stays_a_digit() {
        assert_eq!(find(&[Command::Mark], Pressed::Char('7')), None);
    }
}
