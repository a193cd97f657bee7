//! What a published drawing may hold: elements, attributes, properties of CSS.
//!
//! These are lists of what stays, of what draws something in a browser. What is on none of them is
//! left out, whether it is known to do harm or not: scripts and links, but also what says something
//! about the drawing to nobody who looks at it, such as `desc`, `data-*` and `aria-label`.
//!
//! `title` is not on the list. A page names a picture by its `alt`, and never shows the title of a
//! file in it; it would be one more text to search for names.

/// The elements, sorted.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "ellipse",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge",
    "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight",
    "feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask",
    "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop",
    "style", "svg", "switch", "symbol", "text", "textPath", "tspan", "use",
];

/// The attributes whose values are numbers and words of SVG, sorted.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "accumulate", "additive", "amplitude", "azimuth", "baseFrequency", "begin", "bias", "calcMode",
    "clipPathUnits", "cx", "cy", "d", "diffuseConstant", "divisor", "dur", "dx", "dy", "edgeMode",
    "elevation", "end", "exponent", "filterUnits", "fr", "fx", "fy", "gradientUnits", "height",
    "in", "in2", "intercept", "k1", "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength",
    "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust", "limitingConeAngle",
    "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "max", "method",
    "min", "mode", "numOctaves", "offset", "operator", "order", "orient", "origin", "path",
    "pathLength", "patternContentUnits", "patternUnits", "points", "pointsAtX", "pointsAtY",
    "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX",
    "refY", "repeatCount", "repeatDur", "restart", "result", "rotate", "rx", "ry", "scale", "seed",
    "side", "slope", "spacing", "specularConstant", "specularExponent", "spreadMethod",
    "startOffset", "stdDeviation", "stitchTiles", "surfaceScale", "systemLanguage", "tableValues",
    "targetX", "targetY", "textLength", "type", "viewBox", "width", "x", "x1", "x2",
    "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z",
];

/// The attributes whose values are those of properties, several with semicolons between, sorted.
const VALUES: &[&str] = &["by", "from", "gradientTransform", "patternTransform", "to", "values"];

/// The properties of CSS, which are attributes as well, sorted.
#[rustfmt::skip]
const PROPERTIES: &[&str] = &[
    "alignment-baseline", "baseline-shift", "clip", "clip-path", "clip-rule", "color",
    "color-interpolation", "color-interpolation-filters", "color-rendering", "direction", "display",
    "dominant-baseline", "fill", "fill-opacity", "fill-rule", "filter", "flood-color",
    "flood-opacity", "font", "font-family", "font-feature-settings", "font-kerning", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-variant-caps",
    "font-variant-east-asian", "font-variant-ligatures", "font-variant-numeric",
    "font-variation-settings", "font-weight", "glyph-orientation-horizontal",
    "glyph-orientation-vertical", "image-rendering", "isolation", "kerning", "letter-spacing",
    "lighting-color", "line-height", "marker", "marker-end", "marker-mid", "marker-start", "mask",
    "mask-type", "mix-blend-mode", "opacity", "overflow", "paint-order", "shape-rendering",
    "solid-color", "solid-opacity", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-decoration-color",
    "text-decoration-line", "text-decoration-style", "text-orientation", "text-rendering",
    "transform", "transform-box", "transform-origin", "unicode-bidi", "vector-effect",
    "visibility", "white-space", "word-spacing", "writing-mode",
];

/// The functions that a value may call, in lower case, sorted. `url` is judged by itself.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "blur", "brightness", "calc", "circle", "color", "contrast", "drop-shadow", "ellipse",
    "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "icc-color", "inset", "invert", "lab", "lch",
    "matrix", "matrix3d", "oklab", "oklch", "opacity", "perspective", "polygon", "rgb", "rgba",
    "rotate", "rotate3d", "rotatex", "rotatey", "rotatez", "saturate", "scale", "scale3d",
    "scalex", "scaley", "scalez", "sepia", "skew", "skewx", "skewy", "translate", "translate3d",
    "translatex", "translatey", "translatez",
];

/// How the value of an attribute is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttributeKind {
    /// `href`, of either namespace.
    Link,
    /// `style`: declarations.
    Style,
    /// `id`: it stays if something refers to it.
    Id,
    /// `class`: names stay that a style sheet of the drawing has.
    Class,
    /// `attributeName`: the attribute that an animation changes.
    Animated,
    /// A property as an attribute.
    Property,
    /// Values of a property, or several.
    Values,
    /// Numbers and words of SVG.
    Plain,
}

impl AttributeKind {
    /// Whether an animation may change the attribute: neither what it refers to nor how it is
    /// referred to.
    pub(super) fn is_animated(self) -> bool {
        matches!(self, Self::Property | Self::Values | Self::Plain)
    }
}

/// An element by its name; nothing if it may not stay.
pub(super) fn element(name: &str) -> Option<&'static str> {
    find(ELEMENTS, name)
}

/// An attribute without a namespace by its name, and its kind; nothing if it may not stay.
pub(super) fn attribute(name: &str) -> Option<(&'static str, AttributeKind)> {
    match name {
        "href" => Some(("href", AttributeKind::Link)),
        "style" => Some(("style", AttributeKind::Style)),
        "id" => Some(("id", AttributeKind::Id)),
        "class" => Some(("class", AttributeKind::Class)),
        "attributeName" => Some(("attributeName", AttributeKind::Animated)),
        name => property(name)
            .map(|it| (it, AttributeKind::Property))
            .or_else(|| find(VALUES, name).map(|it| (it, AttributeKind::Values)))
            .or_else(|| find(PLAIN, name).map(|it| (it, AttributeKind::Plain))),
    }
}

/// A property by its name; nothing if it may not stay.
pub(super) fn property(name: &str) -> Option<&'static str> {
    find(PROPERTIES, name)
}

/// Whether a value may call that function. The name is in lower case.
pub(super) fn has_function(name: &str) -> bool {
    FUNCTIONS.binary_search(&name).is_ok()
}

fn find(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.binary_search(&name).ok().map(|at| names[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        for list in [ELEMENTS, PLAIN, VALUES, PROPERTIES, FUNCTIONS] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
        for list in [PLAIN, VALUES, PROPERTIES] {
            assert!(list.iter().all(|it| !it.starts_with("on")));
        }
        assert!(!PLAIN.iter().any(|it| PROPERTIES.contains(it) || VALUES.contains(it)));
    }
}
