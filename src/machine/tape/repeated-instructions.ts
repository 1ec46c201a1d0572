import { exp, tanh } from '../../number/elementary.ts';
import { opcode, type Tape } from './instructions.ts';

/**
 * Runs the repeated (or list) instruction at position `at` of `t`, the tape's instructions, on memory `m`; returns the position
 * of the next instruction.
 */
export function runRepeated(tape: Tape, t: Int32Array, m: Float64Array, at: number): number {
  let n = t[at + 1];
  let d = t[at + 2];
  const dd = t[at + 3];
  let a = t[at + 4];
  const da = t[at + 5];
  switch (t[at]) {
    case 0:
      for (; n > 0; n--, d += dd, a += da) m[d] = m[a];
      return at + 6;
    case 1: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[a] + m[b];
      return at + 8;
    }
    case 2: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[a] - m[b];
      return at + 8;
    }
    case 3: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[a] * m[b];
      return at + 8;
    }
    case 4: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[a] / m[b];
      return at + 8;
    }
    case 5:
      for (; n > 0; n--, d += dd, a += da) m[d] = -m[a];
      return at + 6;
    case 6:
      for (; n > 0; n--, d += dd, a += da) m[d] = exp(m[a]);
      return at + 6;
    case 7:
      for (; n > 0; n--, d += dd, a += da) m[d] = tanh(m[a]);
      return at + 6;
    case 8: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[b] > m[a] ? m[b] : m[a];
      return at + 8;
    }
    case 9: {
      let b = t[at + 6];
      const db = t[at + 7];
      for (; n > 0; n--, d += dd, a += da, b += db) m[d] = m[a] > m[b] ? 1 : 0;
      return at + 8;
    }
    case 10:
      other(tape, m, at);
      return at + 9;
    case 11: {
      // Parameters come before addresses.
      const terms = d;
      const apart = dd;
      d = a;
      const d1 = da;
      let first = t[at + 6];
      const next = t[at + 7];
      for (; n > 0; n--, d += d1, first += next) {
        let sum = m[first];
        for (let k = 1, p = first + apart; k < terms; k++, p += apart) sum += m[p];
        m[d] = sum;
      }
      return at + 8;
    }
    case 12:
      products(t, m, at);
      return at + 11;
    case 13: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc) m[d] = m[a] - m[b] * m[c];
      return at + 10;
    }
    case 14: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc) m[d] = m[a] + m[b] * m[c];
      return at + 10;
    }
    case 15: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc) m[d] = m[a] * m[b] * m[c];
      return at + 10;
    }
    case 16: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc) m[d] = m[a] * (m[b] - m[c]);
      return at + 10;
    }
    case 17: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc) m[d] = m[a] / (m[b] + exp(-m[c]));
      return at + 10;
    }
    case 18:
      for (; n > 0; n--, d += dd, a += da) {
        const { formula, flat, store } = tape.stored[a];
        m[d] = store(formula, flat, m[d]);
      }
      return at + 6;
    case 23: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      let e = t[at + 10];
      const de = t[at + 11];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc, e += de) m[d] = m[a] - m[b] * (m[c] * m[e]);
      return at + 12;
    }
    case 24: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      let e = t[at + 10];
      const de = t[at + 11];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc, e += de) m[d] = m[a] * (m[b] - m[c]) * m[e];
      return at + 12;
    }
    case 25: {
      let b = t[at + 6];
      const db = t[at + 7];
      let c = t[at + 8];
      const dc = t[at + 9];
      let e = t[at + 10];
      const de = t[at + 11];
      for (; n > 0; n--, d += dd, a += da, b += db, c += dc, e += de) m[d] = m[a] * m[b] * (m[c] - m[e]);
      return at + 12;
    }
    default:
      return listed(t, m, at);
  }
}

function other({ instructions: t, others }: Tape, m: Float64Array, at: number): void {
  const evaluate = others[t[at + 2]];
  let [d, dd, a, da, b, db] = t.subarray(at + 3, at + 9);
  for (let n = t[at + 1]; n > 0; n--, d += dd, a += da, b += db) m[d] = evaluate(m[a], m[b]);
}

/** Computes four sums at a time, so that their additions overlap. */
function products(t: Int32Array, m: Float64Array, at: number): void {
  let n = t[at + 1];
  const terms = t[at + 2];
  const pa = t[at + 3];
  const pb = t[at + 4];
  let d = t[at + 5];
  const dd = t[at + 6];
  let a = t[at + 7];
  const da = t[at + 8];
  let b = t[at + 9];
  const db = t[at + 10];
  for (; n >= 4 && terms > 3; n -= 4) {
    let a0 = a;
    let b0 = b;
    let a1 = a0 + da;
    let b1 = b0 + db;
    let a2 = a1 + da;
    let b2 = b1 + db;
    let a3 = a2 + da;
    let b3 = b2 + db;
    a = a3 + da;
    b = b3 + db;
    let s0 = -0;
    let s1 = -0;
    let s2 = -0;
    let s3 = -0;
    for (let k = 0; k < terms; k++) {
      s0 += m[a0] * m[b0];
      s1 += m[a1] * m[b1];
      s2 += m[a2] * m[b2];
      s3 += m[a3] * m[b3];
      a0 += pa;
      a1 += pa;
      a2 += pa;
      a3 += pa;
      b0 += pb;
      b1 += pb;
      b2 += pb;
      b3 += pb;
    }
    m[d] = s0;
    m[d + dd] = s1;
    m[d + 2 * dd] = s2;
    m[d + 3 * dd] = s3;
    d += 4 * dd;
  }
  for (; n > 0; n--, d += dd, a += da, b += db) {
    let sum = m[a] * m[b];
    for (let k = 1, p = a + pa, q = b + pb; k < terms; k++, p += pa, q += pb) sum += m[p] * m[q];
    m[d] = sum;
  }
}

/** Runs instructions with addresses listed one by one. */
function listed(t: Int32Array, m: Float64Array, at: number): number {
  const n = t[at + 1];
  const d = t[at + 2];
  const first = at + 3;
  if (t[at] === opcode.sumList) {
    let sum = m[t[first]];
    for (let k = 1; k < n; k++) sum += m[t[first + k]];
    m[d] = sum;
    return first + n;
  }
  if (t[at] === opcode.productsList) {
    let sum = m[t[first]] * m[t[first + 1]];
    for (let k = 1; k < n; k++) sum += m[t[first + 2 * k]] * m[t[first + 2 * k + 1]];
    m[d] = sum;
    return first + 2 * n;
  }
  if (t[at] === opcode.argmaxList) {
    let best = 0;
    for (let k = 1; k < n; k++) if (m[t[first + 2 * k]] > m[t[first + 2 * best]]) best = k;
    m[d] = t[first + 2 * best + 1];
    return first + 2 * n;
  }
  m.copyWithin(d, t[first], t[first] + n);
  return first + 1;
}
