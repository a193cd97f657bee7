//! Sixty-four bytes at a time: which of them are of a class, as the bits of a word.

/// Bytes in a block.
pub(super) const BLOCK: usize = 64;

/// A block with the byte before it and the byte after it.
pub(super) type Window = [u8; BLOCK + 2];

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
    let mut window = [b'\n'; BLOCK + 2];
    let from = base.saturating_sub(1);
    let to = bytes.len().min(base + BLOCK + 1);
    let shift = from + 1 - base;
    window[shift..shift + to - from].copy_from_slice(&bytes[from..to]);
    window
}

/// The bytes for which `is` holds. It is given the byte before, the byte itself and the byte after,
/// and must be arithmetic without branches for the compiler to make vector instructions of it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a call for every block costs more than the work")]
pub(super) fn mask(window: &Window, is: impl Fn(u8, u8, u8) -> bool) -> u64 {
    let mut flags = [0u8; BLOCK];
    for (index, flag) in flags.iter_mut().enumerate() {
        *flag = u8::from(is(window[index], window[index + 1], window[index + 2]));
    }
    let mut mask = 0;
    for (index, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // The product gathers the lowest bit of every byte in the highest byte.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= bits << (8 * index);
    }
    mask
}

/// The positions of the bits that are set.
pub(super) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let position = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(position)
    })
}

/// Positions, collected block by block. That their number differs from block to block costs no
/// wrong guess of the processor as long as few are in one.
pub(super) struct Edges {
    positions: [usize; Edges::CAPACITY],
    count: usize,
}

impl Default for Edges {
    fn default() -> Self {
        Self { positions: [0; Self::CAPACITY], count: 0 }
    }
}

impl Edges {
    const CAPACITY: usize = 256;

    /// Adds the positions of the bits of a block.
    #[inline]
    pub(super) fn extend(&mut self, base: usize, mut bits: u64) {
        let count = bits.count_ones() as usize;
        let free = &mut self.positions[self.count..];
        let (eights, _) = free.as_chunks_mut::<8>();
        for eight in &mut eights[..count.div_ceil(8).max(1)] {
            for slot in eight {
                // The highest bit changes nothing but that there is a bit.
                *slot = base + (bits | 1 << 63).trailing_zeros() as usize;
                bits &= bits.wrapping_sub(1);
            }
        }
        self.count += count;
    }

    /// Whether another block may not fit.
    pub(super) fn is_full(&self) -> bool {
        self.count + BLOCK + 8 > Self::CAPACITY
    }

    /// How many pairs of positions there are.
    pub(super) fn pairs(&self) -> usize {
        self.count / 2
    }

    /// A pair of positions.
    pub(super) fn pair(&self, index: usize) -> [usize; 2] {
        self.positions.as_chunks().0[index]
    }

    /// Forgets all but the last position of an odd number of them.
    pub(super) fn keep_open(&mut self) {
        let count = self.count % 2;
        self.positions[0] = self.positions[self.count.saturating_sub(1)];
        self.count = count;
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
                let is_digit = mask(window, |_, it, _| it.is_ascii_digit());
                digits.extend(ones(is_digit).map(|it| base + it));
                let is_pair = mask(window, |it, _, next| (it == b'a') & (next == b'7'));
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
