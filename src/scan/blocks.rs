//! Sixty-four bytes at a time: which of them are of a class, as the bits of a word.

/// Bytes in a block.
pub(super) const BLOCK: usize = 64;

/// A block with the byte before it and two bytes after it.
pub(super) type Window = [u8; BLOCK + 3];

/// Calls `visit` with every block of the bytes and the index of its first byte. Line feeds stand
/// around the bytes.
pub(super) fn each(bytes: &[u8], mut visit: impl FnMut(usize, &Window)) {
    let mut base = 0;
    while base < bytes.len() {
        let whole = base.checked_sub(1).and_then(|it| bytes[it..].first_chunk());
        match whole {
            Some(window) => visit(base, window),
            None => visit(base, &padded(bytes, base)),
        }
        base += BLOCK;
    }
}

#[cold]
fn padded(bytes: &[u8], base: usize) -> Window {
    let mut window = [b'\n'; BLOCK + 3];
    let from = base.saturating_sub(1);
    let to = bytes.len().min(base + BLOCK + 2);
    let shift = from + 1 - base;
    window[shift..shift + to - from].copy_from_slice(&bytes[from..to]);
    window
}

/// Bytes that vector instructions of every processor can hold.
const LANES: usize = 16;

/// A byte with the one before it and the two after it.
type Near = [u8; 4];

#[inline(always)]
#[expect(clippy::inline_always, reason = "a call for every byte costs more than the work")]
fn near(window: &Window, index: usize) -> Near {
    [window[index], window[index + 1], window[index + 2], window[index + 3]]
}

/// The bytes for which `is` holds, as the bits of a word.
///
/// `is` must be arithmetic without branches for the compiler to make vector instructions of it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a call for every block costs more than the work")]
pub(super) fn mask(window: &Window, is: impl Fn(Near) -> bool) -> u64 {
    let mut mask = 0;
    for part in 0..BLOCK / LANES {
        let mut flags = [0; LANES];
        for (lane, flag) in flags.iter_mut().enumerate() {
            *flag = u8::from(is(near(window, part * LANES + lane)));
        }
        for (index, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
            // The product gathers the lowest bit of every byte in the highest byte.
            let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            mask |= bits << (part * LANES + index * 8);
        }
    }
    mask
}

/// Whether there is a byte for which `is` holds; takes less time than [`mask`].
#[inline(always)]
#[expect(clippy::inline_always, reason = "a call for every block costs more than the work")]
pub(super) fn any(window: &Window, is: impl Fn(Near) -> bool) -> bool {
    let mut any = [0; LANES];
    for part in 0..BLOCK / LANES {
        for (lane, flag) in any.iter_mut().enumerate() {
            *flag |= u8::from(is(near(window, part * LANES + lane)));
        }
    }
    u128::from_le_bytes(any) != 0
}

/// The positions of the bits that are set.
pub(super) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let position = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(position)
    })
}

/// The runs of bytes of a class, collected block by block. That the number of runs differs from
/// block to block costs no wrong guess of the processor as long as few begin in one.
pub(super) struct Runs {
    words: [u64; Runs::BLOCKS],
    /// Where runs begin, counted from the first block.
    starts: [u16; Runs::BLOCKS * BLOCK / 2 + Runs::AT_ONCE],
    blocks: usize,
    count: usize,
    /// Whether the last byte of the block before was in a run.
    last: u64,
}

impl Runs {
    /// How many blocks are collected.
    pub(super) const BLOCKS: usize = 16;

    /// How many starts are written at once.
    const AT_ONCE: usize = 4;

    pub(super) fn new() -> Self {
        let starts = [0; Self::BLOCKS * BLOCK / 2 + Self::AT_ONCE];
        Self { words: [0; Self::BLOCKS], starts, blocks: 0, count: 0, last: 0 }
    }

    /// Adds a block; says whether it was the last that has room.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "positions in a few blocks are small")]
    pub(super) fn push(&mut self, word: u64) -> bool {
        let mut starts = word & !(word << 1 | self.last);
        let count = starts.count_ones() as usize;
        let base = self.blocks * BLOCK;
        let mut written = 0;
        loop {
            for slot in &mut self.starts[self.count + written..][..Self::AT_ONCE] {
                // The highest bit changes nothing but that there is a bit.
                *slot = (base + (starts | 1 << 63).trailing_zeros() as usize) as u16;
                starts &= starts.wrapping_sub(1);
            }
            written += Self::AT_ONCE;
            if written >= count {
                break;
            }
        }
        self.words[self.blocks] = word;
        self.last = word >> 63;
        self.count += count;
        self.blocks += 1;
        self.blocks == Self::BLOCKS
    }

    /// How many runs begin in the blocks.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Where a run begins, and how long it is, if it ends in its block.
    #[inline]
    pub(super) fn run(&self, index: usize) -> (usize, Option<usize>) {
        let start = usize::from(self.starts[index]);
        let length = (!(self.words[start / BLOCK] >> (start % BLOCK))).trailing_zeros() as usize;
        (start, (start % BLOCK + length < BLOCK).then_some(length))
    }

    /// Forgets the blocks.
    pub(super) fn clear(&mut self) {
        (self.blocks, self.count) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_bytes_of_a_class_in_every_block() {
        for length in [0, 1, 63, 64, 65, 66, 127, 128, 129, 200] {
            let bytes: Vec<u8> = (0..length).map(|it| b"ab7\xe5"[it * 7 % 4]).collect();
            let mut digits = Vec::new();
            let mut pairs = Vec::new();
            each(&bytes, |base, window| {
                let is_digit = mask(window, |[_, it, _, _]| it.is_ascii_digit());
                digits.extend(ones(is_digit).map(|it| base + it));
                let is_pair = mask(window, |[it, _, next, _]| [it, next] == *b"a7");
                pairs.extend(ones(is_pair).map(|it| base + it));
            });
            let all = |is: &dyn Fn(usize) -> bool| -> Vec<usize> {
                (0..length).filter(|it| is(*it)).collect()
            };
            assert_eq!(digits, all(&|it| bytes[it] == b'7'));
            let at = |it: usize| bytes.get(it).copied();
            assert_eq!(
                pairs,
                all(&|it| it > 0 && at(it - 1) == Some(b'a') && at(it + 1) == Some(b'7'))
            );
        }
    }
}
