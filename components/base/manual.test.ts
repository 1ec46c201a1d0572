import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/session/commands.ts';
import { keyText } from './key-text.ts';

/** What the page on the debugger says of each key, as the command that does it. */
const told: Readonly<Record<string, string>> = {
  '→': 'next',
  '←': 'back',
  m: 'nextTerm',
  '↓': 'nextCell',
  'Shift ↓': 'nextFormula',
  'Alt F11': 'back',
  'Shift I': 'earlier',
  'Page Down': 'nextPhase',
  s: 'nextSample',
  u: 'nextUpdate',
  i: 'later',
  a: 'nextEpoch',
  F10: 'over',
  F11: 'next',
  'Shift F11': 'out',
  d: 'skip',
  g: 'goTo',
  p: 'play',
  'Shift T': 'playTraining',
  '?': 'help',
  Backspace: 'goBack',
  b: 'toggleBreakpoint',
  'Shift B': 'breakpoints',
  F5: 'runOn',
  F8: 'continue',
  n: 'continue',
  'Shift F8': 'reverse',
  End: 'last',
  w: 'why',
  'Shift W': 'watches',
  c: 'whatIf',
  'Ctrl Z': 'undo',
  'Shift R': 'reset',
  e: 'formulas',
  x: 'nextDivergence',
  v: 'compare',
  k: 'gradient',
  f: 'fullScreen',
  '+': 'zoomIn',
  '-': 'zoomOut',
};

/** Keys of the debugger's that are no commands: digits, and what a field or the page has a use for. */
const others = ['1', '2', 'Escape', 'Ctrl Enter'];

const prose = readFileSync('lessons/91-using-the-debugger.md', 'utf8')
  .replace(/^(`{3,}).*?^\1`*$/gms, '')
  .replace(/\{\w+\}`[^`]*`/g, '');
const isKey = (code: string): boolean =>
  /^(?:(?:Alt|Ctrl|Shift) )?(?:[a-z?+-]|[A-Z]|F\d+|[←→↑↓]|\d|Escape|Enter|Backspace|End|Home|Page (?:Up|Down))$/.test(
    code,
  );

describe('the page on the debugger', () => {
  const named = [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code).filter(isKey))];

  it('names keys, and none that is not known here', () => {
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((key) => !(key in told) && !others.includes(key))).toEqual([]);
    expect(Object.keys(told).filter((key) => !named.includes(key))).toEqual([]);
  });

  it.each(Object.entries(told))('%s is %s', (key, id) => {
    const command = commands.find((one) => one.id === id);
    expect(command?.keys.map(keyText).map((text) => text.toLowerCase())).toContain(key.toLowerCase());
  });
});
