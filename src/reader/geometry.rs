//! Points, lines, quads and the map from a face to the picture.

use super::{Point, Quad};

impl Quad {
    /// The same corners counted from the `by`-th on: 2 is the face turned by 180 degrees.
    pub fn turned(&self, by: usize) -> Quad {
        Quad(std::array::from_fn(|i| self.0[(i + by) % 4]))
    }

    /// How often the picture is turned by 90 degrees clockwise until the face's top edge runs to the right.
    pub fn quarter_turns(&self) -> u8 {
        let [a, b, c, d] = self.0;
        let (x, y) = (b.0 - a.0 + c.0 - d.0, b.1 - a.1 + c.1 - d.1);
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 3,
            (false, _, false) => 1,
        }
    }

    /// Mean lengths of top and bottom, and of left and right, in pixels.
    pub fn size(&self) -> (f32, f32) {
        let [a, b, c, d] = self.0;
        ((distance(a, b) + distance(d, c)) / 2.0, (distance(a, d) + distance(b, c)) / 2.0)
    }

    /// Area in square pixels, positive if the corners go clockwise on the screen.
    pub fn area(&self) -> f32 {
        let mut sum = 0.0;
        for i in 0..4 {
            let (a, b) = (self.0[i], self.0[(i + 1) % 4]);
            sum += a.0 * b.1 - b.0 * a.1;
        }
        sum / 2.0
    }

    /// Whether all corners turn the same way.
    pub fn convex(&self) -> bool {
        let turn = |i: usize| {
            let (a, b, c) = (self.0[i], self.0[(i + 1) % 4], self.0[(i + 2) % 4]);
            (b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0)
        };
        (0..4).all(|i| turn(i) > 0.0) || (0..4).all(|i| turn(i) < 0.0)
    }

    /// Whether a point lies inside of a convex quad, in whichever sense its corners go.
    pub fn holds(&self, point: Point) -> bool {
        let side = |i: usize| {
            let (a, b) = (self.0[i], self.0[(i + 1) % 4]);
            (b.0 - a.0) * (point.1 - a.1) - (b.1 - a.1) * (point.0 - a.0)
        };
        (0..4).all(|i| side(i) >= 0.0) || (0..4).all(|i| side(i) <= 0.0)
    }

    /// How far a point is outside, in pixels; negative inside. For convex clockwise quads.
    pub fn outside(&self, point: Point) -> f32 {
        self.sides().outside(point)
    }

    /// Its sides as lines, for asking of many points.
    pub(super) fn sides(&self) -> Sides {
        Sides(std::array::from_fn(|i| Line::through(self.0[i], self.0[(i + 1) % 4])))
    }
}

/// The sides of a quad; one of no length is none.
pub(super) struct Sides([Option<Line>; 4]);

impl Sides {
    /// See [`Quad::outside`].
    pub fn outside(&self, point: Point) -> f32 {
        let sides = self.0.iter().flatten();
        sides.map(|line| -line.distance(point)).fold(f32::NEG_INFINITY, f32::max)
    }
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// A line `nx * x + ny * y = d` with a normal of length 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub nx: f32,
    pub ny: f32,
    pub d: f32,
}

impl Line {
    /// The normal points to the right of the way from `a` to `b` as seen on the screen (y down).
    pub fn through(a: Point, b: Point) -> Option<Line> {
        let length = distance(a, b);
        if length < 1e-3 {
            return None;
        }
        let (nx, ny) = (-(b.1 - a.1) / length, (b.0 - a.0) / length);
        Some(Line { nx, ny, d: nx * a.0 + ny * a.1 })
    }

    /// Signed distance of a point in pixels, positive on the normal's side.
    pub fn distance(&self, point: Point) -> f32 {
        self.nx * point.0 + self.ny * point.1 - self.d
    }

    /// The line with the least sum of squared distances to the points.
    pub fn fitted(points: impl Iterator<Item = Point> + Clone) -> Option<Line> {
        let (mut n, mut sx, mut sy) = (0.0f64, 0.0f64, 0.0f64);
        for (x, y) in points.clone() {
            n += 1.0;
            sx += f64::from(x);
            sy += f64::from(y);
        }
        if n < 2.0 {
            return None;
        }
        let (mx, my) = (sx / n, sy / n);
        let (mut xx, mut xy, mut yy) = (0.0f64, 0.0f64, 0.0f64);
        for (x, y) in points {
            let (x, y) = (f64::from(x) - mx, f64::from(y) - my);
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        // The direction of the greatest spread.
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
        let (nx, ny) = (-angle.sin(), angle.cos());
        Some(Line { nx: nx as f32, ny: ny as f32, d: (nx * mx + ny * my) as f32 })
    }

    pub fn crossing(&self, other: &Line) -> Option<Point> {
        let det = self.nx * other.ny - self.ny * other.nx;
        if det.abs() < 0.05 {
            return None;
        }
        Some((
            (self.d * other.ny - other.d * self.ny) / det,
            (self.nx * other.d - other.nx * self.d) / det,
        ))
    }

    /// Cosine of the angle between two lines, 0 to 1.
    pub fn parallel(&self, other: &Line) -> f32 {
        (self.nx * other.nx + self.ny * other.ny).abs()
    }
}

/// The quad between four sides in order; corner `i` lies between side `i - 1` and side `i`. `None` if a
/// side is missing or they make no convex quad.
pub(super) fn meet(sides: &[Option<Line>; 4]) -> Option<Quad> {
    let corner = |i: usize| sides[(i + 3) % 4]?.crossing(&sides[i]?);
    let quad = Quad([corner(0)?, corner(1)?, corner(2)?, corner(3)?]);
    quad.convex().then_some(quad)
}

/// From the face (fractions, 0..1 from its top left) to the picture (pixels).
#[derive(Clone, Copy, Debug)]
pub(super) struct Homography {
    m: [f64; 9],
}

impl Homography {
    /// `None` for a quad without area.
    pub fn new(quad: &Quad) -> Option<Homography> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] =
            quad.0.map(|(x, y)| (f64::from(x), f64::from(y)));
        let (dx1, dy1) = (x1 - x2, y1 - y2);
        let (dx2, dy2) = (x3 - x2, y3 - y2);
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let det = dx1 * dy2 - dx2 * dy1;
        if !det.is_finite() || det.abs() < 1e-6 {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / det;
        let h = (dx1 * sy - sx * dy1) / det;
        Some(Homography {
            m: [
                x1 - x0 + g * x1,
                x3 - x0 + h * x3,
                x0,
                y1 - y0 + g * y1,
                y3 - y0 + h * y3,
                y0,
                g,
                h,
                1.0,
            ],
        })
    }

    /// Numerators and denominator of the picture's point for the face's point.
    pub fn parts(&self, u: f64, v: f64) -> (f64, f64, f64) {
        let m = &self.m;
        (m[0] * u + m[1] * v + m[2], m[3] * u + m[4] * v + m[5], m[6] * u + m[7] * v + m[8])
    }

    pub fn map(&self, u: f32, v: f32) -> Point {
        let (x, y, w) = self.parts(f64::from(u), f64::from(v));
        ((x / w) as f32, (y / w) as f32)
    }

    /// The picture's corners of a box of the face.
    pub fn map_box(&self, x: f32, y: f32, w: f32, h: f32) -> Quad {
        Quad([self.map(x, y), self.map(x + w, y), self.map(x + w, y + h), self.map(x, y + h)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUAD: Quad = Quad([(10.0, 20.0), (110.0, 10.0), (120.0, 80.0), (5.0, 70.0)]);

    #[test]
    fn corners_map_to_corners() {
        let map = Homography::new(&QUAD).unwrap();
        for (uv, corner) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().zip(QUAD.0)
        {
            assert!(distance(map.map(uv.0, uv.1), corner) < 1e-3);
        }
    }

    #[test]
    fn outside_is_positive_outside() {
        assert!(QUAD.convex() && QUAD.area() > 0.0);
        assert!(QUAD.outside((60.0, 45.0)) < -10.0);
        assert!(QUAD.outside((60.0, 0.0)) > 10.0);
        assert!(Homography::new(&Quad([(1.0, 1.0); 4])).is_none());
    }
}
