//! Work on several threads, and pictures turned by their pixels.

use kenban::picture::{Luma, Picture};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does `work` for every place below `count` on `jobs` threads; the answers come in order.
pub fn in_parallel<R: Send>(jobs: usize, count: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let each = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= count {
                return done;
            }
            done.push((place, work(place)));
        }
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let named = |no| thread::Builder::new().name(format!("corpus-{no}"));
        let threads: Vec<_> =
            (0..jobs.max(1)).map(|no| named(no).spawn_scoped(scope, each).unwrap()).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, answer)| answer).collect()
}

/// The picture turned clockwise by so many right angles.
pub fn turned(picture: &Picture, quarters: usize) -> Picture {
    let (width, height) = (picture.luma.width, picture.luma.height);
    let (w, h) = if quarters.is_multiple_of(2) { (width, height) } else { (height, width) };
    let from = |x: usize, y: usize| match quarters % 4 {
        0 => (x, y),
        1 => (y, height - 1 - x),
        2 => (width - 1 - x, height - 1 - y),
        _ => (width - 1 - y, x),
    };
    let places = || {
        (0..h).flat_map(|y| (0..w).map(move |x| (x, y))).map(|(x, y)| {
            let (x, y) = from(x, y);
            y * width + x
        })
    };
    let data = places().map(|at| picture.luma.data[at]).collect();
    let rgb = picture.rgb.as_ref().map(|rgb| {
        places().flat_map(|at| [rgb[3 * at], rgb[3 * at + 1], rgb[3 * at + 2]]).collect()
    });
    Picture::new(Luma { width: w, height: h, data }, rgb)
}
