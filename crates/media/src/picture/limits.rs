//! What is refused before anything is decoded. Honest pictures are far below;
//! a hundred bytes can ask for gigabytes.

/// Bytes of a file. A photo of 100 megapixels is 60 MB as a JPEG file.
pub const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// Pixels along one side: panoramas are long.
pub const LONGEST_SIDE: u32 = 32_000;

/// Pixels in all: the largest cameras take 102 million.
pub const MOST_PIXELS: u64 = 120_000_000;

/// Bytes while and after it is decoded: twice as many for 16 bits a channel, and
/// three times for a progressive JPEG file, whose coefficients are all kept.
pub const MOST_DECODED_BYTES: u64 = 768 * 1024 * 1024;

/// Pictures above this are decoded one at a time, whatever the number of cores.
pub(crate) const LARGE_PIXELS: u64 = 32_000_000;

/// Bytes of each kind of metadata, once uncompressed. More is not read, and the
/// picture is rendered without.
pub const MOST_METADATA_BYTES: usize = 4 * 1024 * 1024;

/// Letters of a credit or a notice; the rest is left out.
pub const LONGEST_CREDIT: usize = 2_000;

/// Bytes of an SVG drawing.
pub const MOST_SVG_BYTES: usize = 2 * 1024 * 1024;

/// Elements, texts and comments of an SVG drawing or of XMP metadata.
pub(crate) const MOST_XML_NODES: u32 = 100_000;
