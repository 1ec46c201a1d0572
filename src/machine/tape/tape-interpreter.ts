import { exp, tanh } from '../../number/elementary.ts';
import type { Tape } from './instructions.ts';
import { runRepeated } from './repeated-instructions.ts';

/** Runs a tape once on memory `m`, which has at least `tape.size` numbers, the tape's constants at their addresses among them. */
export function runTape(tape: Tape, m: Float64Array): void {
  const t = tape.instructions;
  const end = t.length;
  let at = 0;
  while (at < end) {
    switch (t[at]) {
      case 32:
        m[t[at + 1]] = m[t[at + 2]];
        at += 3;
        continue;
      case 33:
        m[t[at + 1]] = m[t[at + 2]] + m[t[at + 3]];
        at += 4;
        continue;
      case 34:
        m[t[at + 1]] = m[t[at + 2]] - m[t[at + 3]];
        at += 4;
        continue;
      case 35:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]];
        at += 4;
        continue;
      case 36:
        m[t[at + 1]] = m[t[at + 2]] / m[t[at + 3]];
        at += 4;
        continue;
      case 37:
        m[t[at + 1]] = -m[t[at + 2]];
        at += 3;
        continue;
      case 38:
        m[t[at + 1]] = exp(m[t[at + 2]]);
        at += 3;
        continue;
      case 39:
        m[t[at + 1]] = tanh(m[t[at + 2]]);
        at += 3;
        continue;
      case 40: {
        const a = m[t[at + 2]];
        const b = m[t[at + 3]];
        m[t[at + 1]] = b > a ? b : a;
        at += 4;
        continue;
      }
      case 41:
        m[t[at + 1]] = m[t[at + 2]] > m[t[at + 3]] ? 1 : 0;
        at += 4;
        continue;
      case 45:
        m[t[at + 1]] = m[t[at + 2]] - m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        continue;
      case 46:
        m[t[at + 1]] = m[t[at + 2]] + m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        continue;
      case 47:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]] * m[t[at + 4]];
        at += 5;
        continue;
      case 48:
        m[t[at + 1]] = m[t[at + 2]] * (m[t[at + 3]] - m[t[at + 4]]);
        at += 5;
        continue;
      case 49:
        m[t[at + 1]] = m[t[at + 2]] / (m[t[at + 3]] + exp(-m[t[at + 4]]));
        at += 5;
        continue;
      case 55:
        m[t[at + 1]] = m[t[at + 2]] - m[t[at + 3]] * (m[t[at + 4]] * m[t[at + 5]]);
        at += 6;
        continue;
      case 56:
        m[t[at + 1]] = m[t[at + 2]] * (m[t[at + 3]] - m[t[at + 4]]) * m[t[at + 5]];
        at += 6;
        continue;
      case 57:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]] * (m[t[at + 4]] - m[t[at + 5]]);
        at += 6;
        continue;
      case 58:
        m[t[at + 1]] = m[t[at + 2]] * m[t[at + 3]] + m[t[at + 4]] * m[t[at + 5]];
        at += 6;
        continue;
      default:
        at = runRepeated(tape, t, m, at);
    }
  }
}
