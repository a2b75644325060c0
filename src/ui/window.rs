//! The window on the screen: opens it, gives it fonts, and ends with it.

use super::app::Kenban;
use super::fonts;
use super::not_opened::{NotOpened, NotOpenedPage};
use super::port::Port;
use raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use std::sync::Arc;

/// Asks for a new frame, from any thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// The sentence was shown in the window, if one could be opened.
    #[error("{0}")]
    Station(String),
    #[error(
        "no window can be opened here ({0}); a display and OpenGL are needed, the typed commands work without"
    )]
    Display(String),
}

/// Whether a newcomer is led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    Nobody,
    Tour,
}

impl Guide {
    fn lead(self, window: Kenban) -> Kenban {
        match self {
            Guide::Nobody => window,
            Guide::Tour => window.with_tour(),
        }
    }
}

/// What the station may have of the window.
pub struct Host {
    pub wake: Wake,
    /// The window's number on an X server. `None`: it is on none.
    pub x11_window: Option<u32>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("x11_window", &self.x11_window).finish_non_exhaustive()
    }
}

/// The window's number on its X server.
fn x11_window(cc: &eframe::CreationContext<'_>) -> Option<u32> {
    match cc.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok(),
        RawWindowHandle::Xcb(handle) => Some(handle.window.get()),
        _ => None,
    }
}

/// Opens the window and stays until it is closed. `open` makes the station; a station that can't be
/// opened is told in the window.
///
/// # Errors
/// If there is no display, or the station could not be opened.
pub fn run(
    title: &str,
    guide: Guide,
    open: impl FnOnce(Host) -> Result<Box<dyn Port>, Box<NotOpened>>,
) -> Result<(), WindowError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title(title)
        .with_app_id("kenban")
        .with_inner_size([1280.0, 720.0])
        .with_min_inner_size([800.0, 500.0])
        .with_maximized(true);
    let options = options(viewport);
    let failed = Arc::new(std::sync::Mutex::new(None));
    let told = Arc::clone(&failed);
    let ran = eframe::run_native(
        title,
        options,
        Box::new(move |cc| {
            let (definitions, faces) = fonts::load();
            cc.egui_ctx.set_fonts(definitions);
            // A window manager may forget what a window asked for before it was there.
            cc.egui_ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            let ctx = cc.egui_ctx.clone();
            let wake: Wake = Arc::new(move || ctx.request_repaint());
            match open(Host { wake, x11_window: x11_window(cc) }) {
                Ok(port) => Ok(Box::new(guide.lead(Kenban::new(port, faces)))),
                Err(why) => {
                    if let Ok(mut told) = told.lock() {
                        *told = Some(why.said.clone());
                    }
                    Ok(Box::new(NotOpenedPage::new(*why, faces)))
                }
            }
        }),
    );
    let failed = failed.lock().ok().and_then(|mut failed| failed.take());
    match (failed, ran) {
        (Some(why), _) => Err(WindowError::Station(why)),
        (None, Err(error)) => Err(WindowError::Display(plain(&error.to_string()))),
        (None, Ok(())) => Ok(()),
    }
}

/// How the window is drawn.
fn options(viewport: egui::ViewportBuilder) -> eframe::NativeOptions {
    eframe::NativeOptions {
        viewport,
        // The toolkit would take its other renderer wherever that is built in, as it is for the drawn screens: that one
        // takes far more time and memory on a machine without a graphics card.
        renderer: eframe::Renderer::Glow,
        // There are no gradients that it would smooth.
        dithering: false,
        ..eframe::NativeOptions::default()
    }
}

/// What the toolkit says, without the places in its sources.
fn plain(error: &str) -> String {
    error.rsplit(": ").next().unwrap_or(error).trim_end_matches(')').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{options, plain};

    /// The tests are built with the toolkit's other renderer in it, which it prefers.
    #[test]
    fn the_window_is_drawn_with_opengl_in_every_build() {
        let options = options(egui::ViewportBuilder::default());
        assert_eq!(options.renderer, eframe::Renderer::Glow);
        assert_ne!(eframe::NativeOptions::default().renderer, options.renderer);
    }

    #[test]
    fn errors_of_the_display_name_no_source() {
        let winit = "winit EventLoopError: os error at /x/mod.rs:788: No X server)";
        assert_eq!(plain(winit), "No X server");
        assert_eq!(plain("NoGlutinConfigs"), "NoGlutinConfigs");
    }
}
