//! What kind of file a name tells of.

/// The media type of a file of the site, with the character set where the type leaves it open.
pub(super) fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    match name.as_str() {
        "atom.xml" | "feed.xml" => return "application/atom+xml",
        "rss.xml" => return "application/rss+xml",
        "feed.json" => return "application/feed+json",
        _ => {}
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    text(extension).or_else(|| media(extension)).or_else(|| document(extension)).unwrap_or(UNKNOWN)
}

/// The media type of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The media type of style sheets.
pub(super) const CSS: &str = "text/css; charset=utf-8";

/// The media type of scripts.
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The media type of plain text.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";

/// Browsers save such a file and do not look into it.
const UNKNOWN: &str = "application/octet-stream";

fn text(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "html" | "htm" => HTML,
        "css" => CSS,
        "js" | "mjs" => SCRIPT,
        "txt" | "log" => PLAIN,
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "webmanifest" => "application/manifest+json",
        "xml" | "xsd" => "application/xml",
        "xsl" | "xslt" => "application/xslt+xml",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

fn media(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "tif" | "tiff" => "image/tiff",
        "heic" => "image/heic",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "ttc" => "font/collection",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "opus" => "audio/opus",
        "wav" => "audio/wav",
        _ => return None,
    })
}

fn document(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "pdf" => "application/pdf",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "rtf" => "application/rtf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_type() {
        for (path, expected) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("assets/style.CSS", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("data.json", "application/json"),
            ("kaixuan/feed.json", "application/feed+json"),
            ("kaixuan/feed.xml", "application/atom+xml"),
            ("sitemap.xml", "application/xml"),
            ("honors.csv", "text/csv; charset=utf-8"),
            ("events.ics", "text/calendar; charset=utf-8"),
            ("map.geojson", "application/geo+json"),
            ("照片.avif", "image/avif"),
            ("logo.svg", "image/svg+xml"),
            ("favicon.ico", "image/x-icon"),
            ("a.woff2", "font/woff2"),
            ("a.pdf", "application/pdf"),
            ("表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("README", "application/octet-stream"),
            ("a.html/x", "application/octet-stream"),
            ("html", "application/octet-stream"),
        ] {
            assert_eq!(of(path), expected, "{path}");
        }
    }
}
