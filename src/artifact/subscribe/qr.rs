//! Addresses as codes that cameras of telephones read (QR codes).

use std::fmt::Write as _;

use qrcode::{Color, QrCode};

use crate::render::context::Code;

/// The blank modules around a code, which cameras need.
const MARGIN: usize = 4;

/// The code of a text. Nothing if it is longer than a code can be, some two thousand bytes.
pub(super) fn code(text: &str) -> Option<Code> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let rows = colors.chunks(width).enumerate();
    let path = rows.map(|(y, row)| dark(row, y + MARGIN)).collect();
    Some(Code { size: width + 2 * MARGIN, path })
}

/// The dark stretches of a row as parts of a path: `M4 4h7v1h-7z`.
fn dark(row: &[Color], y: usize) -> String {
    let (mut path, mut x) = (String::new(), MARGIN);
    for stretch in row.chunk_by(|a, b| a == b) {
        let width = stretch.len();
        if stretch[0] == Color::Dark {
            let _ = write!(path, "M{x} {y}h{width}v1h-{width}z");
        }
        x += width;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_the_square_in_its_corner() {
        let code = code("https://example.org/kaixuan/subscribe/").unwrap();
        // 38 bytes need 29 modules, at the middle level of correction.
        assert_eq!(code.size, 29 + 8);
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", &code.path[..40]);
        assert!(code.path.contains("M4 5h1v1h-1zM10 5h1v1h-1z"));
    }

    #[test]
    fn what_is_too_long_has_none() {
        assert!(code(&"长".repeat(2000)).is_none());
    }
}
