//! The tray's icons: monochrome, readable on light and dark panels.

use ksni::Icon as Pixmap;
use lanyard_companion::tray::Icon;

/// The icon in the sizes that panels ask for.
pub(crate) fn pixmaps(icon: Icon) -> Vec<Pixmap> {
    let files: [&[u8]; 2] = match icon {
        Icon::SignedOut => [
            include_bytes!("../../icons/tray/signed-out-22.png"),
            include_bytes!("../../icons/tray/signed-out-44.png"),
        ],
        Icon::SignedIn => [
            include_bytes!("../../icons/tray/signed-in-22.png"),
            include_bytes!("../../icons/tray/signed-in-44.png"),
        ],
        Icon::Locked => [
            include_bytes!("../../icons/tray/locked-22.png"),
            include_bytes!("../../icons/tray/locked-44.png"),
        ],
        Icon::Attention => [
            include_bytes!("../../icons/tray/attention-22.png"),
            include_bytes!("../../icons/tray/attention-44.png"),
        ],
    };
    files.into_iter().filter_map(decode).collect()
}

/// ARGB in network byte order, as StatusNotifierItem wants it.
fn decode(file: &[u8]) -> Option<Pixmap> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().ok()?;
    let mut data = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut data).ok()?;
    if info.color_type != png::ColorType::Rgba || info.bit_depth != png::BitDepth::Eight {
        return None;
    }
    for pixel in data.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    Some(Pixmap { width: info.width.try_into().ok()?, height: info.height.try_into().ok()?, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_an_icon_in_both_sizes() {
        for icon in [Icon::SignedOut, Icon::SignedIn, Icon::Locked, Icon::Attention] {
            let sizes: Vec<_> = pixmaps(icon).iter().map(|pixmap| (pixmap.width, pixmap.height)).collect();
            assert_eq!(sizes, [(22, 22), (44, 44)], "{icon:?}");
        }
    }
}
