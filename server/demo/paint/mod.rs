//! The demo city's pictures: painted, not photographed, so that no picture of anybody has to lie in the sources.
//! Each scene is thrown anew from dice: other doors, rooms, hands and streets, another light, another way to hold the phone.

mod brush;
mod canvas;
mod colour;
mod develop;
mod door;
mod handover;
mod ink;
mod noise;
mod number;
mod room;
mod shapes;
mod stamp;
mod street;

pub use ink::{Signature, sign};

use canvas::Canvas;
use develop::Light;

use super::dice::Dice;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// A door in a stairwell.
    Door,
    /// A room.
    Room,
    /// Hands and a parcel.
    Handover,
    /// A house front.
    Street,
}

impl Scene {
    /// As evidence names it.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Door => "door",
            Self::Room => "home",
            Self::Handover => "handover",
            Self::Street => "other",
        }
    }
}

/// The size of pictures in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: usize,
    /// Down.
    pub height: usize,
}

impl Size {
    /// As tests can wait for them.
    pub const THUMB: Self = Self { width: 96, height: 72 };

    /// As phones hold them: four to three. The app sends them 1,280 across.
    #[must_use]
    pub fn across(width: u32) -> Self {
        let width = usize::try_from(width).unwrap_or(usize::MAX);
        Self { width, height: width / 4 * 3 }
    }
}

/// JPEG quality; with the grain it makes 60 to 150 KB at the phones' size.
const QUALITY: u8 = 66;

/// Paints a picture and burns its stamp in.
///
/// # Errors
/// When it cannot be encoded.
pub fn photograph(scene: Scene, size: Size, stamp: [&str; 2], dice: &mut Dice) -> Result<Vec<u8>, image::ImageError> {
    // Painted smaller than it is exposed: a cheap lens resolves less than its sensor counts, and it takes a third of the time.
    let mut canvas = Canvas::new((size.width * 5 / 8).max(8), (size.height * 5 / 8).max(8));
    match scene {
        Scene::Door => {
            canvas.hold(dice, 1.08, 3.0);
            door::paint(&mut canvas, dice);
        }
        Scene::Room => {
            canvas.hold(dice, 1.1, 2.6);
            room::paint(&mut canvas, dice);
        }
        Scene::Handover => {
            canvas.hold(dice, 1.12, 4.0);
            handover::paint(&mut canvas, dice);
        }
        Scene::Street => {
            canvas.hold(dice, 1.06, 2.0);
            street::paint(&mut canvas, dice);
        }
    }
    let light = Light::throw(dice, scene == Scene::Street);
    canvas.light(light);
    let mut picture = Canvas::new(size.width, size.height);
    picture.lay(&canvas);
    picture.stamp(stamp);
    picture.expose(light, (dice.below(256), dice.below(256)), QUALITY)
}
