import { operation } from '../formula/operation.ts';
import type { Assign } from './plan.ts';
import type { Store } from './store.ts';

/*
 * A whole frame as one strip of instructions over one memory, without loops and without calls: for nets so small that
 * a call costs more than what it does. An instruction is a number from the list below and the addresses of what it
 * writes and reads; some do two or three operations at once, each rounded as if it stood alone.
 */
export const code = {
  copy: 0,
  add: 1,
  sub: 2,
  mul: 3,
  div: 4,
  neg: 5,
  exp: 6,
  tanh: 7,
  max: 8,
  gt: 9,
  /** Any other operation: which one, then as with the others. */
  other: 10,
  /** How many, then their addresses: their sum. */
  sum: 11,
  /** How many, then pairs of addresses: the sum of their products. */
  products: 12,
  /** How many, then addresses and what is given if that one is the first of the greatest. */
  argmax: 13,
  /** a − b · c */
  subtractProduct: 14,
  /** a + b · c */
  addProduct: 15,
  /** a · b · c */
  product3: 16,
  /** a · (b − c) */
  timesDifference: 17,
  /** a / (b + exp(−c)) */
  logistic: 18,
  /** Which storing rule: replaces the number. */
  store: 19,
  /** How many numbers, from where: a run of copies. */
  move: 20,
} as const;

/** A finished tape and what its instructions refer to by number. */
export interface Tape {
  readonly instructions: Int32Array;
  /** Doubles of memory, with constants and intermediate results. */
  readonly size: number;
  readonly constants: readonly (readonly [at: number, value: number])[];
  readonly others: readonly ((a: number, b: number) => number)[];
  readonly stored: readonly { readonly assign: Assign; readonly flat: number; readonly store: Store }[];
}

const exp = operation('exp').evaluate;
const tanh = operation('tanh').evaluate;

/** Runs a tape over its memory. */
export function play({ instructions: t, others, stored }: Tape, m: Float64Array): void {
  const end = t.length;
  let at = 0;
  while (at < end) {
    switch (t[at]) {
      case 0:
        m[t[at + 1]] = m[t[at + 2]];
        at += 3;
        break;
      case 1:
        m[t[at + 1]] = m[t[at + 2]] + m[t[at + 3]];
        at += 4;
        break;
      case 2:
        m[t[at + 1]] = m[t[at + 2]] - m[t[at + 3]];
        at += 4;
        break;
      case 3:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]];
        at += 4;
        break;
      case 4:
        m[t[at + 1]] = m[t[at + 2]] / m[t[at + 3]];
        at += 4;
        break;
      case 5:
        m[t[at + 1]] = -m[t[at + 2]];
        at += 3;
        break;
      case 6:
        m[t[at + 1]] = exp(m[t[at + 2]], 0);
        at += 3;
        break;
      case 7:
        m[t[at + 1]] = tanh(m[t[at + 2]], 0);
        at += 3;
        break;
      case 8: {
        const a = m[t[at + 2]];
        const b = m[t[at + 3]];
        m[t[at + 1]] = b > a ? b : a;
        at += 4;
        break;
      }
      case 9:
        m[t[at + 1]] = m[t[at + 2]] > m[t[at + 3]] ? 1 : 0;
        at += 4;
        break;
      case 10:
        m[t[at + 1]] = others[t[at + 4]](m[t[at + 2]], m[t[at + 3]]);
        at += 5;
        break;
      case 11: {
        const last = at + 3 + t[at + 2];
        let sum = m[t[at + 3]];
        for (let k = at + 4; k < last; k++) sum += m[t[k]];
        m[t[at + 1]] = sum;
        at = last;
        break;
      }
      case 12: {
        const last = at + 3 + 2 * t[at + 2];
        let sum = m[t[at + 3]] * m[t[at + 4]];
        for (let k = at + 5; k < last; k += 2) sum += m[t[k]] * m[t[k + 1]];
        m[t[at + 1]] = sum;
        at = last;
        break;
      }
      case 13: {
        const last = at + 3 + 2 * t[at + 2];
        let greatest = m[t[at + 3]];
        let best = t[at + 4];
        for (let k = at + 5; k < last; k += 2) {
          if (m[t[k]] > greatest) {
            greatest = m[t[k]];
            best = t[k + 1];
          }
        }
        m[t[at + 1]] = best;
        at = last;
        break;
      }
      case 14:
        m[t[at + 1]] = m[t[at + 2]] - m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        break;
      case 15:
        m[t[at + 1]] = m[t[at + 2]] + m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        break;
      case 16:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        break;
      case 17:
        m[t[at + 1]] = m[t[at + 2]] * (m[t[at + 3]] - m[t[at + 4]]);
        at += 5;
        break;
      case 18:
        m[t[at + 1]] = m[t[at + 2]] / (m[t[at + 3]] + exp(-m[t[at + 4]], 0));
        at += 5;
        break;
      case 19: {
        const { assign, flat, store } = stored[t[at + 2]];
        m[t[at + 1]] = store(assign.formula, flat, m[t[at + 1]]);
        at += 3;
        break;
      }
      default:
        m.copyWithin(t[at + 1], t[at + 2], t[at + 2] + t[at + 3]);
        at += 4;
    }
  }
}
