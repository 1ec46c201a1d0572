import type { Library } from './array-code.ts';

/*
 * Python helper functions that exported files may need beside the library; a file contains only those that it uses.
 */

const both = {
  winner: `def winner(terms):
    """The position of the greatest value; the first wins a tie."""
    best, where = None, 0.0
    for value, position in terms:
        if best is None:
            best, where = value, LIBRARY.zeros_like(value) + position
        else:
            where = LIBRARY.where(value > best, position, where)
            best = LIBRARY.where(value > best, value, best)
    return where`,
};

const numpy: Record<string, string> = {
  winner: both.winner.replaceAll('LIBRARY', 'np'),
  largest: `def largest(terms):
    """The greatest of some terms, entry by entry; 0 where there are none."""
    best = None
    for value in terms:
        best = value if best is None else np.maximum(best, value)
    return 0.0 if best is None else best`,
  numbers: `def numbers(text, kind, *shape):
    """Many numbers, held by their bits so that none is lost; whole ones up to 255 by a byte each."""
    return np.frombuffer(base64.b64decode(text), dtype=kind).reshape(shape).astype(float)`,
  keep: `def round_one(value, digits):
    """Rounds as a pocket calculator does: to 15 significant digits first, then half away from zero."""
    if digits == 'exact' or not np.isfinite(value):
        return value
    shown = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(float(value))
    count = int(digits[:-2])
    place = -count if digits.endswith('dp') else shown.adjusted() + 1 - count
    if place > shown.as_tuple().exponent:
        shown = shown.quantize(Decimal((0, (1,), place)), rounding=ROUND_HALF_UP)
    return float(shown) + 0.0


def keep(value, digits):
    """What is written down of a value, and read by all that follows: 2dp are decimal places, 3sf significant figures."""
    return np.vectorize(round_one, otypes=[float])(value, digits)[()] if ROUND else value`,
};

const torch: Record<string, string> = {
  winner: both.winner
    .replaceAll('LIBRARY', 'torch')
    .replace(
      '        if best',
      '        value = torch.as_tensor(value, dtype=torch.float64)\n        if best',
    ),
  maximum: `def maximum(a, b):
    """The greater of the two; the first wins a tie, and takes the whole gradient."""
    a, b = torch.as_tensor(a, dtype=torch.float64), torch.as_tensor(b, dtype=torch.float64)
    return torch.where(b > a, b, a)`,
  minimum: `def minimum(a, b):
    """The lesser of the two; the first wins a tie, and takes the whole gradient."""
    a, b = torch.as_tensor(a, dtype=torch.float64), torch.as_tensor(b, dtype=torch.float64)
    return torch.where(b < a, b, a)`,
  largest: `def largest(terms):
    """The greatest of some terms, entry by entry; the first wins a tie, and no term makes 0."""
    best = None
    for value in terms:
        best = value if best is None else torch.where(value > best, value, best)
    return torch.tensor(0.0) if best is None else best`,
  numbers: `def numbers(text, kind, *shape):
    """Many numbers, held by their bits so that none is lost; whole ones up to 255 by a byte each."""
    dtype = torch.uint8 if kind == 'u1' else torch.float64
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=dtype).reshape(shape).double()`,
  stacked: `def stacked(cells, shape):
    """Cells that were computed one by one, as one tensor."""
    return torch.stack([torch.as_tensor(cells[at], dtype=torch.float64) for at in sorted(cells)]).reshape(shape)`,
  with_slope: `def with_slope(value, *slopes):
    """The value, with the slopes that are given for it, each by the operand beside it."""
    return value.detach() + sum(slope.detach() * (z - z.detach()) for slope, z in slopes)`,
  derivatives: `def derivatives(loss, *by):
    """PyTorch's own derivatives of the loss; 0 by what it does not depend on."""
    found = [None for one in by]
    if loss.requires_grad:
        found = torch.autograd.grad(loss, by, retain_graph=True, allow_unused=True)
    return [torch.zeros_like(one) if slope is None else slope for slope, one in zip(found, by)]`,
  agree: `def agree(name, ours, autograd):
    """Our derivative and PyTorch's are the same, to rounding."""
    same = torch.allclose(ours, autograd, rtol=1e-9, atol=1e-12, equal_nan=True)
    assert same, f'{name} is {ours}, but PyTorch finds {autograd}'`,
};

/** The order of the helpers in a file. */
const order = [
  'numbers',
  'keep',
  'maximum',
  'minimum',
  'largest',
  'winner',
  'stacked',
  'with_slope',
  'derivatives',
  'agree',
];

/**
 * The Python definitions of the named helpers for a library, one text for each without a line break at its end, in the order of
 * the file; names that the library's file does not have are ignored.
 */
export function helperTexts(used: ReadonlySet<string>, library: Library): string[] {
  const texts = library === 'np' ? numpy : torch;
  return order.filter((name) => used.has(name)).map((name) => texts[name]);
}
