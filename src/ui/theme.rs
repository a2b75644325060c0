//! Tokens: colours, type scale, spacing. Screens name what a thing is, never how it looks.

use super::settings::Look;
use egui::style::ScrollStyle;
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2};

/// Corner of everything that has corners, points.
pub const CORNER: u8 = 6;
/// Gaps, points: the grid of 8.
pub const GAP: f32 = 8.0;
pub const GAP_WIDE: f32 = 16.0;
pub const GAP_STAGE: f32 = 24.0;
/// The least height of anything that is clicked, points.
pub const HIT: f32 = 44.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub look: Look,
    /// 1.0 to 2.0: sizes of type and signs.
    pub scale: f32,
    pub paper: Color32,
    /// A surface a little apart from the paper: rail, key line, fields.
    pub surface: Color32,
    pub ink: Color32,
    /// Ink for what is said beside the point; still 4.5:1 or more.
    pub quiet: Color32,
    /// The one hairline.
    pub line: Color32,
    /// Where the eye should go; selection, focus.
    pub accent: Color32,
    pub on_accent: Color32,
    pub accepted: Color32,
    pub look_at: Color32,
    pub to_key: Color32,
    pub stop: Color32,
    /// Ink on one of the four above.
    pub on_sign: Color32,
    /// The band of a training campaign.
    pub training: Color32,
    pub on_training: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Theme {
    pub fn new(look: Look, scale: f32) -> Theme {
        let scale = scale.clamp(1.0, 2.0);
        match look {
            Look::Light => Theme {
                look,
                scale,
                paper: rgb(0xFAFAF6),
                surface: rgb(0xF0F0EA),
                ink: rgb(0x1B1D1F),
                quiet: rgb(0x4A4F54),
                line: rgb(0xC9C9C0),
                accent: rgb(0x1F4E79),
                on_accent: rgb(0xFFFFFF),
                accepted: rgb(0x007858),
                look_at: rgb(0x965A00),
                to_key: rgb(0x0063A8),
                stop: rgb(0xC2361A),
                on_sign: rgb(0xFFFFFF),
                training: rgb(0xF2C94C),
                on_training: rgb(0x1B1D1F),
            },
            Look::Dark => Theme {
                look,
                scale,
                paper: rgb(0x17191B),
                surface: rgb(0x212427),
                ink: rgb(0xECEDEB),
                quiet: rgb(0xB4B8BB),
                line: rgb(0x43484D),
                accent: rgb(0x9CC7EE),
                on_accent: rgb(0x10202E),
                accepted: rgb(0x4CC9A0),
                look_at: rgb(0xF0A93B),
                to_key: rgb(0x6FB7F2),
                stop: rgb(0xFF8A70),
                on_sign: rgb(0x121416),
                training: rgb(0xB98E1E),
                on_training: rgb(0x121416),
            },
            Look::Contrast => Theme {
                look,
                scale,
                paper: rgb(0x000000),
                surface: rgb(0x000000),
                ink: rgb(0xFFFFFF),
                quiet: rgb(0xFFFFFF),
                line: rgb(0xFFFFFF),
                accent: rgb(0xFFE600),
                on_accent: rgb(0x000000),
                accepted: rgb(0x5CFFC0),
                look_at: rgb(0xFFC14D),
                to_key: rgb(0x8CCBFF),
                stop: rgb(0xFF9A85),
                on_sign: rgb(0x000000),
                training: rgb(0xFFE600),
                on_training: rgb(0x000000),
            },
        }
    }

    /// A size of the type scale, points.
    pub fn size(&self, points: f32) -> f32 {
        (points * self.scale).round()
    }

    /// Body text, 18.
    pub fn text(&self) -> FontId {
        FontId::new(self.size(18.0), FontFamily::Proportional)
    }

    /// The smallest there is, 15.
    pub fn small(&self) -> FontId {
        FontId::new(self.size(15.0), FontFamily::Proportional)
    }

    pub fn heading(&self) -> FontId {
        FontId::new(self.size(24.0), strong())
    }

    pub fn strong(&self) -> FontId {
        FontId::new(self.size(18.0), strong())
    }

    /// The verdict, read from two metres.
    pub fn verdict(&self) -> FontId {
        FontId::new(self.size(40.0), strong())
    }

    /// The number: even digits.
    pub fn number(&self) -> FontId {
        FontId::new(self.size(64.0), FontFamily::Monospace)
    }

    /// A number among text: even digits at a given size.
    pub fn digits(&self, points: f32) -> FontId {
        FontId::new(self.size(points), FontFamily::Monospace)
    }

    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }

    /// The line round what is under the pointer: seen, and not to be taken for the focus.
    pub fn hovered(&self) -> Stroke {
        Stroke::new(1.5, self.quiet)
    }

    /// Height of something that is clicked or typed into.
    pub fn hit(&self) -> f32 {
        HIT.max(self.size(30.0) + GAP)
    }

    /// Gives the toolkit these tokens.
    pub fn apply(&self, ctx: &egui::Context) {
        let mut style = egui::Style::default();
        let dark = self.look != Look::Light;
        style.visuals = if dark { egui::Visuals::dark() } else { egui::Visuals::light() };
        style.text_styles = [
            (TextStyle::Small, self.small()),
            (TextStyle::Body, self.text()),
            (TextStyle::Button, self.text()),
            (TextStyle::Heading, self.heading()),
            (TextStyle::Monospace, self.digits(18.0)),
        ]
        .into();
        style.animation_time = 0.08;
        style.spacing.item_spacing = Vec2::splat(GAP);
        style.spacing.button_padding = Vec2::new(GAP_WIDE, GAP);
        style.spacing.interact_size = Vec2::new(HIT, self.hit());
        style.spacing.extra_text_line_spacing = self.size(18.0) * 0.2;
        style.spacing.text_edit_width = 320.0;
        style.spacing.icon_width = self.size(22.0);
        style.spacing.combo_width = self.size(220.0);
        style.spacing.slider_width = self.size(220.0);
        style.spacing.scroll = scroll_bar();
        let visuals = &mut style.visuals;
        visuals.override_text_color = Some(self.ink);
        visuals.weak_text_color = Some(self.quiet);
        visuals.panel_fill = self.paper;
        visuals.window_fill = self.paper;
        visuals.extreme_bg_color = self.surface;
        visuals.text_edit_bg_color = Some(self.surface);
        visuals.faint_bg_color = self.surface;
        visuals.window_shadow = egui::Shadow::NONE;
        visuals.popup_shadow = egui::Shadow::NONE;
        visuals.window_stroke = self.hairline();
        visuals.window_corner_radius = CornerRadius::same(CORNER);
        // It stands still: each blink would draw the whole window anew.
        visuals.text_cursor.blink = false;
        visuals.text_cursor.stroke = Stroke::new(2.0, self.accent);
        visuals.selection.bg_fill = self.accent;
        visuals.selection.stroke = Stroke::new(1.0, self.on_accent);
        visuals.hyperlink_color = self.accent;
        visuals.warn_fg_color = self.look_at;
        visuals.error_fg_color = self.stop;
        let widgets = &mut visuals.widgets;
        for state in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            state.corner_radius = CornerRadius::same(CORNER);
            state.fg_stroke = Stroke::new(1.5, self.ink);
            state.bg_stroke = self.hairline();
            state.bg_fill = self.surface;
            state.weak_bg_fill = self.surface;
            state.expansion = 0.0;
        }
        widgets.hovered.bg_stroke = self.hovered();
        widgets.active.bg_stroke = Stroke::new(2.0, self.accent);
        widgets.noninteractive.bg_fill = self.paper;
        ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        ctx.set_style_of(egui::Theme::Dark, style.clone());
        ctx.set_style_of(egui::Theme::Light, style);
    }

    /// The margin inside a stage.
    pub fn stage_margin(&self) -> Margin {
        Margin::same(GAP_WIDE as i8)
    }
}

/// A bar that stands beside what it scrolls, never on it, and is seen without a pointer on it.
fn scroll_bar() -> ScrollStyle {
    ScrollStyle {
        floating: true,
        floating_allocated_width: GAP_WIDE,
        floating_width: 6.0,
        bar_width: 10.0,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.1,
        dormant_handle_opacity: 0.35,
        active_handle_opacity: 0.5,
        interact_handle_opacity: 0.8,
        ..ScrollStyle::floating()
    }
}

/// The bold face where one was found, see `fonts`.
fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Contrast of two colours by WCAG 2.1, 1 to 21.
pub fn contrast(one: Color32, two: Color32) -> f32 {
    let light = |colour: Color32| {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    };
    let (one, two) = (light(one), light(two));
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// screens.md: text 7:1 or more, signs 4.5:1 or more, on paper and on surfaces.
    #[test]
    fn every_theme_can_be_read() {
        for look in [Look::Light, Look::Dark, Look::Contrast] {
            let theme = Theme::new(look, 1.0);
            for ground in [theme.paper, theme.surface] {
                assert!(contrast(theme.ink, ground) >= 7.0, "{look:?}: ink");
                assert!(contrast(theme.quiet, ground) >= 7.0, "{look:?}: quiet");
                for sign in [theme.accepted, theme.look_at, theme.to_key, theme.stop, theme.accent]
                {
                    let found = contrast(sign, ground);
                    assert!(found >= 4.5, "{look:?}: {sign:?} on {ground:?} is {found:.2}");
                }
            }
            for sign in [theme.accepted, theme.look_at, theme.to_key, theme.stop] {
                assert!(contrast(theme.on_sign, sign) >= 4.5, "{look:?}: on {sign:?}");
            }
            assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
            assert!(contrast(theme.on_training, theme.training) >= 4.5);
        }
    }

    /// A cursor that blinks draws the whole window twice a second: 15 % of a core without a graphics card.
    #[test]
    fn nothing_blinks() {
        let ctx = egui::Context::default();
        for look in [Look::Light, Look::Dark, Look::Contrast] {
            Theme::new(look, 1.0).apply(&ctx);
            assert!(!ctx.style_of(ctx.theme()).visuals.text_cursor.blink, "{look:?}");
        }
    }

    #[test]
    fn sizes_stay_between_one_and_two() {
        assert_eq!(Theme::new(Look::Light, 0.2).size(18.0), 18.0);
        assert_eq!(Theme::new(Look::Light, 9.0).size(18.0), 36.0);
    }
}
