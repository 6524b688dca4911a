//! Which drawings may be published as they are: those proven to do nothing.
//!
//! An SVG file is a document that may run scripts and fetch from anywhere. Nothing
//! is taken out of one here, because what a cleaner overlooks is published: what
//! is not on the lists below is refused, with its line, and its maker removes it.
//!
//! The lists are of SVG 1.1 and the parts of SVG 2 that drawing programs write.

mod find;

use std::collections::HashMap;
use std::fmt;

use roxmltree::{Attribute, Document, Error, Node, NodeId, NodeType, ParsingOptions};

use super::limits::{MOST_SVG_BYTES, MOST_XML_NODES};

pub use find::is_in;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What drawing programs note down for themselves; browsers pass over it.
const NOTES: [&str; 6] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.inkscape.org/namespaces/inkscape",
];

/// Elements within elements.
const DEEPEST: usize = 100;

/// Elements that are drawn once every `use` is followed: ten groups that each use
/// the next ten times over would be ten thousand million.
const MOST_DRAWN: u64 = 100_000;

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style", "view",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image",
    "text", "tspan", "textPath",
    "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker",
    "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
    "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
    "animate", "animateTransform", "animateMotion", "mpath", "set",
];

#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    // Of the document.
    "id", "class", "style", "lang", "role", "tabindex", "version", "baseProfile", "type",
    "media", "systemLanguage", "requiredFeatures", "viewBox", "preserveAspectRatio",
    "zoomAndPan", "contentScriptType", "contentStyleType", "enable-background",
    // Of shapes.
    "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "rx", "ry", "fx",
    "fy", "fr", "d", "points", "pathLength", "transform", "transform-origin", "transform-box",
    "href",
    // Of text.
    "dx", "dy", "rotate", "textLength", "lengthAdjust", "startOffset", "method", "spacing", "side",
    // Of paint servers, masks, markers.
    "gradientUnits", "gradientTransform", "spreadMethod", "offset", "patternUnits",
    "patternContentUnits", "patternTransform", "clipPathUnits", "maskUnits",
    "maskContentUnits", "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient",
    "viewTarget",
    // Of filters.
    "filterUnits", "primitiveUnits", "in", "in2", "result", "mode", "values", "operator", "k1",
    "k2", "k3", "k4", "order", "kernelMatrix", "divisor", "bias", "targetX", "targetY",
    "edgeMode", "kernelUnitLength", "preserveAlpha", "surfaceScale", "diffuseConstant",
    "specularConstant", "specularExponent", "scale", "xChannelSelector", "yChannelSelector",
    "azimuth", "elevation", "z", "pointsAtX", "pointsAtY", "pointsAtZ", "limitingConeAngle",
    "stdDeviation", "radius", "baseFrequency", "numOctaves", "seed", "stitchTiles", "slope",
    "intercept", "amplitude", "exponent", "tableValues",
    // Of animation.
    "attributeName", "attributeType", "begin", "dur", "end", "min", "max", "restart",
    "repeatCount", "repeatDur", "fill", "calcMode", "keyTimes", "keySplines", "keyPoints",
    "from", "to", "by", "additive", "accumulate", "path", "origin",
    // Of presentation.
    "alignment-baseline", "baseline-shift", "clip", "clip-path", "clip-rule", "color",
    "color-interpolation", "color-interpolation-filters", "color-rendering", "cursor",
    "direction", "display", "dominant-baseline", "fill-opacity", "fill-rule", "filter",
    "flood-color", "flood-opacity", "font", "font-family", "font-size", "font-size-adjust",
    "font-stretch", "font-style", "font-variant", "font-weight",
    "glyph-orientation-horizontal", "glyph-orientation-vertical", "image-rendering",
    "isolation", "kerning", "letter-spacing", "lighting-color", "marker", "marker-end",
    "marker-mid", "marker-start", "mask", "mask-type", "mix-blend-mode", "opacity", "overflow",
    "paint-order", "pointer-events", "shape-rendering", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "text-decoration",
    "text-overflow", "text-rendering", "unicode-bidi", "vector-effect", "visibility",
    "white-space", "word-spacing", "writing-mode",
];

/// Why a drawing is not published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The name of its kind, which never changes: `svg-script`.
    pub kind: &'static str,
    /// From 1.
    pub line: u32,
    /// A sentence without a full stop.
    pub message: String,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Reason {}

/// Whether a drawing can do nothing but be looked at.
///
/// # Errors
/// With the first reason why it may not be published as it is.
pub fn is_inert(text: &str) -> Result<(), Reason> {
    match reasons(text).into_iter().next() {
        None => Ok(()),
        Some(reason) => Err(reason),
    }
}

/// All reasons why a drawing may not be published as it is, by line.
pub fn reasons(text: &str) -> Vec<Reason> {
    if text.len() > MOST_SVG_BYTES {
        return vec![Reason {
            kind: "svg-too-large",
            line: 1,
            message: format!(
                "the drawing is {} KB large; one over {} KB is a picture for every reader's telephone to compute: save it as PNG",
                text.len() / 1024,
                MOST_SVG_BYTES / 1024
            ),
        }];
    }
    let text = text.trim_start_matches('\u{FEFF}');
    // The parser lets an empty document type pass.
    if let Some(at) = text.find("<!DOCTYPE").or_else(|| text.find("<!ENTITY")) {
        let line = text
            .get(..at)
            .map_or(0, |before| before.matches('\n').count());
        return vec![Reason {
            kind: "svg-doctype",
            line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1),
            message: "there is a document type, which may define entities: remove <!DOCTYPE …>"
                .to_owned(),
        }];
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_XML_NODES,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => Proof::of(&document),
        Err(error) => vec![Reason {
            kind: match error {
                Error::DtdDetected => "svg-doctype",
                Error::NodesLimitReached => "svg-too-large",
                _ => "svg-not-xml",
            },
            line: error.pos().row,
            message: format!("it cannot be read as XML: {error}"),
        }],
    }
}

struct Proof<'d, 'text> {
    document: &'d Document<'text>,
    reasons: Vec<Reason>,
}

impl<'d, 'text> Proof<'d, 'text> {
    fn of(document: &'d Document<'text>) -> Vec<Reason> {
        let mut proof = Proof {
            document,
            reasons: Vec::new(),
        };
        let root = document.root_element();
        if !root.has_tag_name((SVG, "svg")) {
            proof.refuse(
                root.range().start,
                "svg-root",
                format!("the outermost element must be <svg xmlns=\"{SVG}\">"),
            );
        }
        let mut depth = Depths::default();
        let mut is_too_deep = false;
        for node in document.root().descendants() {
            match node.node_type() {
                NodeType::Element => {
                    is_too_deep |= depth.of(node) > DEEPEST;
                    proof.element(node);
                }
                NodeType::PI => {
                    let target = node.pi().map_or("", |pi| pi.target);
                    proof.refuse(
                        node.range().start,
                        "svg-instruction",
                        format!("<?{target} …?> tells programs to do something: remove it"),
                    );
                }
                // What stands in elements that are not on the lists is refused with them.
                NodeType::Root | NodeType::Comment | NodeType::Text => {}
            }
        }
        if is_too_deep {
            proof.refuse(
                root.range().start,
                "svg-too-deep",
                format!("elements lie within more than {DEEPEST} others: ungroup them"),
            );
        } else if Drawn::new(document).count(root, 0) > MOST_DRAWN {
            proof.refuse(
                root.range().start,
                "svg-too-large",
                format!("by using parts over and over, or by a part that uses itself, more than {MOST_DRAWN} elements are drawn"),
            );
        }
        proof.reasons.sort_by_key(|reason| reason.line);
        proof.reasons
    }

    fn refuse(&mut self, at: usize, kind: &'static str, message: String) {
        self.reasons.push(Reason {
            kind,
            line: self.document.text_pos_at(at).row,
            message,
        });
    }

    fn element(&mut self, node: Node<'d, 'text>) {
        let at = node.range().start;
        let name = node.tag_name().name();
        match node.tag_name().namespace() {
            Some(SVG) => {
                if name.eq_ignore_ascii_case("script") {
                    self.refuse(at, "svg-script", "there is a <script>".to_owned());
                } else if name == "foreignObject" {
                    self.refuse(
                        at,
                        "svg-foreign",
                        "<foreignObject> holds a page within the drawing".to_owned(),
                    );
                } else if !ELEMENTS.contains(&name) {
                    self.refuse(
                        at,
                        "svg-element",
                        format!("<{name}> is not among the elements of a plain drawing"),
                    );
                }
            }
            Some(space) if NOTES.contains(&space) => {}
            other => self.refuse(
                at,
                "svg-element",
                format!(
                    "<{name}> is no element of SVG but of “{}”",
                    other.unwrap_or_default()
                ),
            ),
        }
        for attribute in node.attributes() {
            self.attribute(node, attribute);
        }
        if node.has_tag_name((SVG, "style")) {
            for text in node.descendants().filter(Node::is_text) {
                self.style(text.range().start, text.text().unwrap_or_default());
            }
        }
    }

    fn attribute(&mut self, node: Node<'d, 'text>, attribute: Attribute<'d, 'text>) {
        let at = attribute.range().start;
        let (name, value) = (attribute.name(), attribute.value());
        let is_known = match attribute.namespace() {
            None => {
                if name
                    .get(..2)
                    .is_some_and(|on| on.eq_ignore_ascii_case("on"))
                {
                    self.refuse(
                        at,
                        "svg-handler",
                        format!("{name}=\"…\" runs a script when something happens"),
                    );
                    return;
                }
                ATTRIBUTES.contains(&name)
                    || name.starts_with("aria-")
                    || name.starts_with("data-")
                    // Of elements that browsers pass over.
                    || node.tag_name().namespace().is_some_and(|space| NOTES.contains(&space))
            }
            Some(XLINK) => matches!(
                name,
                "href" | "title" | "type" | "role" | "show" | "actuate" | "arcrole"
            ),
            // Not base: it would send every address elsewhere.
            Some(XML) => matches!(name, "lang" | "space" | "id"),
            Some(space) => NOTES.contains(&space),
        };
        if !is_known {
            self.refuse(
                at,
                "svg-attribute",
                format!("{name}=\"…\" is not among the attributes of a plain drawing"),
            );
            return;
        }
        let is_note = attribute
            .namespace()
            .is_some_and(|space| NOTES.contains(&space));
        if is_note || node.tag_name().namespace() != Some(SVG) {
            return;
        }
        match name {
            "href" => self.address(node, at, value),
            "attributeName" => {
                // What is animated is an attribute of its own: a harmless one.
                let is_harmless = ATTRIBUTES.contains(&value)
                    && !matches!(value, "href" | "style" | "class" | "id");
                if !is_harmless {
                    self.refuse(
                        at,
                        "svg-animation",
                        format!("the attribute “{value}” is changed by an animation"),
                    );
                }
            }
            // Any of these may be a style with an address in it.
            _ => self.style(at, value),
        }
    }

    /// `href`: a part of the same drawing, or pixels that are in it.
    fn address(&mut self, node: Node<'_, '_>, at: usize, value: &str) {
        let is_fine = is_fragment(value) || node.has_tag_name((SVG, "image")) && is_raster(value);
        if !is_fine {
            let shown: String = value.chars().take(60).collect();
            self.refuse(
                at,
                "svg-reference",
                format!("“{shown}” is not in the drawing: only #parts of it and embedded PNG, JPEG, GIF or WebP pictures may be referred to"),
            );
        }
    }

    fn style(&mut self, at: usize, value: &str) {
        let lower = value.to_ascii_lowercase();
        // An escape can spell any word, and no drawing program writes one. Paths
        // of files have them too, and are nobody's business.
        if lower.contains('\\') {
            self.refuse(
                at,
                "svg-style",
                "a backslash can hide an address in a style".to_owned(),
            );
        }
        for (word, why) in [
            ("@import", "@import fetches a style sheet"),
            ("image-set(", "image-set() fetches a picture"),
            ("image(", "image() fetches a picture"),
            ("src(", "src() fetches a file"),
            ("expression(", "expression() runs a script"),
            ("-moz-binding", "-moz-binding runs a script"),
            ("behavior:", "behavior runs a script"),
            ("javascript:", "javascript: runs a script"),
            ("vbscript:", "vbscript: runs a script"),
        ] {
            if lower.contains(word) {
                self.refuse(at, "svg-style", why.to_owned());
            }
        }
        let mut rest = value;
        while let Some((_, after)) = split_url(rest) {
            let (argument, next) = after.split_once(')').unwrap_or((after, ""));
            let argument = argument.trim();
            let argument = argument
                .strip_prefix(['"', '\''])
                .map_or(argument, |inner| inner.trim_end_matches(['"', '\'']));
            if !is_fragment(argument) && !is_raster(argument) {
                let shown: String = argument.chars().take(60).collect();
                self.refuse(
                    at,
                    "svg-reference",
                    format!(
                        "url({shown}) is not in the drawing: only url(#part) may be referred to"
                    ),
                );
            }
            rest = next;
        }
    }
}

/// At the next `url(`, in any case: the text before and the text behind.
fn split_url(text: &str) -> Option<(&str, &str)> {
    let at = text
        .as_bytes()
        .windows(4)
        .position(|four| four.eq_ignore_ascii_case(b"url("))?;
    Some((text.get(..at)?, text.get(at + 4..)?))
}

fn is_fragment(address: &str) -> bool {
    address.strip_prefix('#').is_some_and(|part| {
        !part.contains(|letter: char| letter.is_whitespace() || "\"'()<>\\".contains(letter))
    })
}

/// A data address of pixels, in base64 and nothing else. SVG within SVG is none.
fn is_raster(address: &str) -> bool {
    let base64 = ["png", "jpeg", "jpg", "gif", "webp"]
        .iter()
        .find_map(|kind| {
            address
                .strip_prefix("data:image/")?
                .strip_prefix(kind)?
                .strip_prefix(";base64,")
        });
    base64.is_some_and(|data| {
        data.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'+' | b'/' | b'=')
                || byte.is_ascii_whitespace()
        })
    })
}

/// How many elements each lies in, found on the way down.
#[derive(Default)]
struct Depths(HashMap<NodeId, usize>);

impl Depths {
    fn of(&mut self, node: Node<'_, '_>) -> usize {
        let above = node
            .parent()
            .and_then(|above| self.0.get(&above.id()))
            .copied()
            .unwrap_or(0);
        self.0.insert(node.id(), above + 1);
        above + 1
    }
}

/// How many elements are drawn once each `use` is followed.
struct Drawn<'d, 'text> {
    parts: HashMap<&'d str, Node<'d, 'text>>,
    /// `None` while it is being counted: a part that uses itself.
    counts: HashMap<NodeId, Option<u64>>,
}

impl<'d, 'text> Drawn<'d, 'text> {
    fn new(document: &'d Document<'text>) -> Self {
        let parts = document
            .descendants()
            .filter_map(|node| Some((node.attribute("id")?, node)))
            .collect();
        Self {
            parts,
            counts: HashMap::new(),
        }
    }

    /// `depth` keeps a chain of uses from outgrowing the stack.
    fn count(&mut self, node: Node<'d, 'text>, depth: usize) -> u64 {
        if let Some(known) = self.counts.get(&node.id()) {
            return known.unwrap_or(u64::MAX);
        }
        if depth > 4 * DEEPEST {
            return u64::MAX;
        }
        self.counts.insert(node.id(), None);
        let mut count = 1_u64;
        for child in node.children().filter(Node::is_element) {
            count = count.saturating_add(self.count(child, depth + 1));
        }
        if node.has_tag_name((SVG, "use")) {
            let address = node
                .attribute("href")
                .or_else(|| node.attribute((XLINK, "href")));
            let part = address
                .and_then(|address| address.strip_prefix('#'))
                .and_then(|id| self.parts.get(id).copied());
            if let Some(part) = part {
                count = count.saturating_add(self.count(part, depth + 1));
            }
        }
        self.counts.insert(node.id(), Some(count));
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 10 10\">\n{inside}\n</svg>"
        )
    }

    #[test]
    fn plain_drawings_are_inert() {
        let good = [
            "<path d='M0 0h10v10z' fill='#123' style='stroke: red'/>",
            "<defs><linearGradient id='a'><stop offset='0' stop-color='red'/></linearGradient></defs><rect fill='url(#a)' width='1' height='1'/>",
            "<style>.a { fill: url('#b'); } @media print { .a { fill: none } }</style><g class='a' id='b'/>",
            "<style><![CDATA[ .a > .b { fill: red } ]]></style>",
            "<symbol id='s'><circle r='1'/></symbol><use href='#s'/><use xlink:href='#s'/>",
            "<image width='1' height='1' href='data:image/png;base64,iVBO Rw0K\nGgo='/>",
            "<title>Ships, on the sea &amp; below</title><desc>One &lt;script> was here</desc>",
            "<text x='1' xml:space='preserve' aria-label='a'>on <tspan>and</tspan> on</text>",
            "<circle r='1'><animate attributeName='r' values='1;2' dur='1s' repeatCount='indefinite'/></circle>",
            "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:cc='http://creativecommons.org/ns#'><cc:license rdf:resource='https://example.org/'/></rdf:RDF></metadata>",
            "<!-- <script>alert(1)</script> -->",
        ];
        for inside in good {
            assert_eq!(reasons(&drawing(inside)), [], "{inside}");
        }
        let declared = format!(
            "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?>\n{}",
            drawing("")
        );
        assert_eq!(is_inert(&declared), Ok(()));
    }

    #[test]
    fn everything_that_acts_or_fetches_is_refused_with_its_line() {
        let bad = [
            ("svg-script", "<script>alert(1)</script>"),
            ("svg-script", "<script href='https://example.org/a.js'/>"),
            ("svg-script", "<SCRIPT>alert(1)</SCRIPT>"),
            ("svg-handler", "<g onload='alert(1)'/>"),
            ("svg-handler", "<g ONCLICK='alert(1)'/>"),
            ("svg-handler", "<g ontouchsomething='x'/>"),
            ("svg-foreign", "<foreignObject><p/></foreignObject>"),
            (
                "svg-element",
                "<iframe xmlns='http://www.w3.org/1999/xhtml'/>",
            ),
            (
                "svg-element",
                "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
            ),
            (
                "svg-element",
                "<handler xmlns='http://www.w3.org/2001/xml-events'/>",
            ),
            ("svg-element", "<a href='#b'/>"),
            ("svg-element", "<feImage href='#a'/>"),
            ("svg-element", "<audio/>"),
            ("svg-reference", "<use href='https://example.org/a.svg#b'/>"),
            ("svg-reference", "<use xlink:href='a.svg#b'/>"),
            ("svg-reference", "<use href='//example.org/#b'/>"),
            (
                "svg-reference",
                "<use href='data:image/svg+xml;base64,AAAA#x'/>",
            ),
            ("svg-reference", "<image href='photo.jpg'/>"),
            (
                "svg-reference",
                "<image href='data:image/svg+xml,%3Csvg/%3E'/>",
            ),
            (
                "svg-reference",
                "<image href='data:text/html;base64,AAAA'/>",
            ),
            ("svg-reference", "<image href='javascript:alert(1)'/>"),
            ("svg-reference", "<image href=' &#106;avascript:alert(1)'/>"),
            (
                "svg-reference",
                "<rect fill='url(https://example.org/a#b)'/>",
            ),
            (
                "svg-reference",
                "<rect style='fill:URL( \"//example.org\" )'/>",
            ),
            ("svg-reference", "<rect mask='url(a.svg#b)'/>"),
            (
                "svg-reference",
                "<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>",
            ),
            (
                "svg-reference",
                "<style>a{b:url(#a)} c{d:url(http://example.org)}</style>",
            ),
            (
                "svg-style",
                "<style>@import 'https://example.org/a.css';</style>",
            ),
            ("svg-style", "<style>@\\69mport 'a.css';</style>"),
            (
                "svg-style",
                "<style>a { fill: u\\72l(http://example.org) }</style>",
            ),
            (
                "svg-style",
                "<rect style='background: image-set(\"a.png\" 1x)'/>",
            ),
            ("svg-style", "<rect style='width: expression(alert(1))'/>"),
            ("svg-style", "<rect fill='javascript:alert(1)'/>"),
            (
                "svg-animation",
                "<a1/><animate attributeName='href' to='javascript:alert(1)'/>",
            ),
            ("svg-animation", "<set attributeName='xlink:href' to='#b'/>"),
            (
                "svg-animation",
                "<set attributeName='onload' to='alert(1)'/>",
            ),
            (
                "svg-reference",
                "<animate attributeName='fill' to='url(//example.org/#a)'/>",
            ),
            ("svg-attribute", "<g xml:base='https://example.org/'/>"),
            ("svg-attribute", "<g src='a'/>"),
            (
                "svg-attribute",
                "<g xmlns:e='http://www.w3.org/2001/xml-events' e:event='click'/>",
            ),
            ("svg-instruction", "<?xml-stylesheet href='a.css'?>"),
            ("svg-instruction", "<?php echo 1 ?>"),
            ("svg-not-xml", "<g>"),
            ("svg-not-xml", "<g a='1' a='2'/>"),
            ("svg-not-xml", "&unknown;"),
            ("svg-too-large", "<g id='a'><use href='#a'/></g>"),
        ];
        for (kind, inside) in bad {
            let reasons = reasons(&drawing(inside));
            let found = reasons.iter().find(|reason| reason.kind == kind);
            let found = found.unwrap_or_else(|| panic!("{inside}: {reasons:?}"));
            assert!(
                kind == "svg-not-xml" || kind == "svg-too-large" || found.line == 2,
                "{inside}: {found}"
            );
            assert!(is_inert(&drawing(inside)).is_err());
        }
    }

    #[test]
    fn document_types_and_other_roots_are_refused() {
        let entity = format!("<!DOCTYPE svg [<!ENTITY a 'b'>]>\n{}", drawing("&a;"));
        assert_eq!(is_inert(&entity).unwrap_err().kind, "svg-doctype");
        let plain = format!("<?xml version='1.0'?>\n<!DOCTYPE svg>\n{}", drawing(""));
        let reason = is_inert(&plain).unwrap_err();
        assert_eq!((reason.kind, reason.line), ("svg-doctype", 2));
        let sheet = format!("<?xml-stylesheet href='a.css'?>{}", drawing(""));
        assert_eq!(is_inert(&sheet).unwrap_err().kind, "svg-instruction");
        for root in [
            "<html/>",
            "<svg/>",
            "",
            "plain words",
            "<svg xmlns='http://example.org/'/>",
        ] {
            assert!(is_inert(root).is_err(), "{root}");
        }
    }

    #[test]
    fn a_drawing_that_multiplies_itself_is_refused_at_once() {
        let mut inside = "<g id='g0'><rect/></g>".to_owned();
        for n in 1..12 {
            let uses = format!("<use href='#g{}'/>", n - 1).repeat(10);
            inside.push_str(&format!("<g id='g{n}'>{uses}</g>"));
        }
        assert_eq!(
            is_inert(&drawing(&inside)).unwrap_err().kind,
            "svg-too-large"
        );
        // A long chain, each part using the next.
        let chain: String = (0..20_000)
            .map(|n| format!("<use id='u{n}' href='#u{}'/>", n + 1))
            .collect();
        assert!(is_inert(&drawing(&chain)).is_err());
        let deep = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
        assert_eq!(is_inert(&drawing(&deep)).unwrap_err().kind, "svg-too-deep");
        let long = drawing(&" ".repeat(MOST_SVG_BYTES));
        assert_eq!(is_inert(&long).unwrap_err().kind, "svg-too-large");
    }
}
